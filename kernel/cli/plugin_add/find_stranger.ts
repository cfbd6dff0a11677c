/** A stranger's plugin where it lies: one file, or a folder with `mod.ts`; its config beside it, in its folder, or none. */
import { basename, dirname, resolve } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { type ApiName, isApiName } from "../../contract/names.ts";
import { SHIPPED_PROGS } from "../../contract/shipped.ts";
import type { ModuleSpec, SourceSet } from "../../contract/spec.ts";
import { isReservedName, parseConfig, sourceHash } from "../../config/mod.ts";
import { readSources } from "../../loader/mod.ts";
import { denoFiles } from "../../powers_deno.ts";
import { findConfig } from "./find_config.ts";

export interface Stranger {
  readonly name: ApiName;
  /** Where it was found: real and absolute. */
  readonly from: string;
  readonly kind: "file" | "folder";
  /** As it will lie in the home: under its name there. */
  readonly source: SourceSet;
  /** Its config's text as it will stand in the home, and that file; `brought` is false when that is what stands there already, or nothing. */
  readonly config: { readonly file: string; readonly text: string; readonly brought: boolean };
  readonly spec: ModuleSpec;
}

/** `kept`: the config that the home has under this name, which stays when the stranger brings none. */
export async function findStranger(
  path: string,
  { as, kept }: {
    readonly as: string | undefined;
    readonly kept: (name: string) => Promise<{ readonly file: string; readonly text: string } | undefined>;
  },
): Promise<Result<Stranger>> {
  const real = await Deno.realPath(resolve(path)).catch(() => undefined);
  const facts = real === undefined ? undefined : await Deno.stat(real);
  const from = facts?.isFile && basename(real!) === "mod.ts" ? dirname(real!) : real;
  if (from === undefined) {
    return refuse(
      fault("not_found", `there is nothing at ${path}`, { hint: "name a .ts or .js file, or a folder with mod.ts" }),
    );
  }
  const kind = (await Deno.stat(from)).isDirectory ? "folder" : "file";
  const name = readName(as ?? basename(from).replace(/\.(?:ts|js)$/, ""));
  if (!name.ok) return name;
  const read = /\.(?:ts|js)$/.test(from) || kind === "folder"
    ? await readSources(denoFiles, [{ path: from, kind, origin: "local", root: dirname(from) }])
    : undefined;
  if (read === undefined) {
    return refuse(
      fault("not_found", `${from} is no module`, { hint: "name a .ts or .js file, or a folder with mod.ts" }),
    );
  }
  if (!read.ok) return read;
  const brought = await findConfig(from, kind);
  if (!brought.ok) return brought;
  const config = brought.value === undefined
    ? { file: `configs/${name.value}.yml`, text: "", ...await kept(name.value), brought: false }
    : { file: `configs/${name.value}.yml`, text: brought.value.text, brought: true };
  const parsed = parseConfig(config);
  if (!parsed.ok) return refuse(foundAt(parsed.rejection.fault, config.file, brought.value?.path));
  const { spec } = parsed;
  if (spec.api !== name.value || spec.prog !== name.value) {
    const found = spec.api === name.value ? `prog '${spec.prog}'` : `api '${spec.api}'`;
    return refuse(fault(
      "config_invalid",
      `${brought.value?.path ?? config.file} speaks of ${found}, the plugin is '${name.value}'`,
      {
        hint:
          "a plugin's config names the plugin itself, or nothing: remove `api` and `prog` from it, or add it with --as",
      },
    ));
  }
  return ok({ name: name.value, from, kind, source: await renamed(read.value, name.value, kind), config, spec });
}

function readName(name: string): Result<ApiName> {
  const hint = "name it with --as: a letter followed by up to 31 letters, digits, '_' or '-'";
  if (!isApiName(name) || name.includes("/")) {
    return refuse(fault("invalid_argument", `'${name}' can't be the name of a module`, { hint }));
  }
  // Its config would be one of the kernel's, or a version of another module's.
  if (isReservedName(name)) {
    return refuse(
      fault("invalid_argument", `'${name}' can't be the name of a plugin: configs/${name}.yml means something else`, {
        hint,
      }),
    );
  }
  // A source in the home is found before the program's own: it would run in that one's place, under that one's config.
  const shadowed = SHIPPED_PROGS.find((prog) => prog === name || prog.startsWith(`${name}/`));
  // Where a home does without the service, others would call the stranger instead.
  const served = SHIPPED_PROGS.find((prog) => prog.endsWith(`/${name}`));
  if (shadowed === undefined && served === undefined) return ok(name);
  const message = shadowed === undefined
    ? `'${name}' is the name of '${served}', which is part of the program`
    : `plugins/${name} would take the place of '${shadowed}', which is part of the program`;
  return refuse(fault("conflict", message, { hint: "take it in under another name with --as", retriable: false }));
}

/** The text was read elsewhere than where its faults would seek it. */
function foundAt<F extends { readonly message: string }>(found: F, file: string, path: string | undefined): F {
  return path === undefined ? found : { ...found, message: found.message.replace(file, path) };
}

/** A file gets the name of the module here, and the name is part of what is hashed. */
async function renamed(source: SourceSet, name: string, kind: Stranger["kind"]): Promise<SourceSet> {
  if (kind === "folder") return source;
  const entry = `${name}${source.entry.slice(source.entry.lastIndexOf("."))}`;
  const files = source.files.map(({ text }) => ({ path: entry, text }));
  return Object.freeze({ ...source, entry, files, hash: await sourceHash({ entry, files }) });
}
