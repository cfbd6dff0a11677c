/** A stranger's plugin where it lies: one file, or a folder with `mod.ts`; its config beside it, in its folder, or none. */
import { basename, dirname, join, resolve } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { isApiName } from "../../contract/names.ts";
import type { ModuleSpec, SourceSet } from "../../contract/spec.ts";
import { parseConfig } from "../../config/mod.ts";
import { readSources } from "../../loader/mod.ts";
import { denoFiles } from "../../powers_deno.ts";

export interface Stranger {
  readonly name: string;
  /** Where it was found: real and absolute. */
  readonly from: string;
  readonly kind: "file" | "folder";
  readonly source: SourceSet;
  /** Its config's text as it will stand in the home, and the name of that file below `configs/`. */
  readonly config: { readonly file: string; readonly text: string };
  readonly spec: ModuleSpec;
}

const CONFIG_BYTES = 262_144;

export async function findStranger(path: string, as: string | undefined): Promise<Result<Stranger>> {
  const real = await Deno.realPath(resolve(path)).catch(() => undefined);
  const facts = real === undefined ? undefined : await Deno.stat(real);
  const from = facts?.isFile && basename(real!) === "mod.ts" ? dirname(real!) : real;
  if (from === undefined) {
    return refuse(
      fault("not_found", `there is nothing at ${path}`, { hint: "name a .ts or .js file, or a folder with mod.ts" }),
    );
  }
  const kind = (await Deno.stat(from)).isDirectory ? "folder" : "file";
  const name = as ?? basename(from).replace(/\.(?:ts|js)$/, "");
  if (!isApiName(name) || name.includes("/")) {
    return refuse(fault("invalid_argument", `'${name}' can't be the name of a module`, {
      hint: "name it with --as: a letter followed by up to 31 letters, digits, '_' or '-'",
    }));
  }
  const read = await readSources(denoFiles, [{ path: from, kind, origin: "local", root: dirname(from) }]);
  if (read === undefined) {
    return refuse(
      fault("not_found", `${from} is no module`, { hint: "name a .ts or .js file, or a folder with mod.ts" }),
    );
  }
  if (!read.ok) return read;
  const config = await findConfig(from, kind, name);
  const parsed = parseConfig(config);
  if (!parsed.ok) return refuse(parsed.rejection.fault);
  const { spec } = parsed;
  if (spec.api !== name || spec.prog !== name) {
    const found = spec.api === name ? `prog '${spec.prog}'` : `api '${spec.api}'`;
    return refuse(fault("config_invalid", `${config.file} speaks of ${found}, the plugin is '${name}'`, {
      hint:
        "a plugin's config names the plugin itself, or nothing: remove `api` and `prog` from it, or add it with --as",
    }));
  }
  return ok({ name, from, kind, source: read.value, config, spec });
}

/** `NAME.yml` beside the file or in the folder, with or without a version; else an empty one: all defaults, no grants. */
async function findConfig(from: string, kind: Stranger["kind"], name: string): Promise<Stranger["config"]> {
  const own = basename(from).replace(/\.(?:ts|js)$/, "");
  for (const folder of kind === "folder" ? [from, dirname(from)] : [dirname(from)]) {
    for (const end of ["yml", "yaml"]) {
      const text = await denoFiles.readText(join(folder, `${own}.${end}`), CONFIG_BYTES);
      if (text !== undefined) return { file: `configs/${name}.yml`, text };
    }
  }
  return { file: `configs/${name}.yml`, text: "" };
}
