/** A shipped module as a host runs it: its own config, vetted and bundled, in a sealed Worker with exactly the permissions that the config grants. */
import assert from "node:assert/strict";
import { parseConfig } from "../../kernel/config/mod.ts";
import type { ModuleSpec } from "../../kernel/contract/spec.ts";
import { vetModule } from "../../kernel/guest/vet/mod.ts";
import { LIBRARIES } from "../../libs/mod.ts";
import { startWorker, type TestWorker } from "../guest/worker/start_worker.ts";

const ROOT = new URL("../../", import.meta.url);

/** The spec that a shipped config file says. */
export function shippedSpec(config: string): ModuleSpec {
  return specOf(config, shippedText(config));
}

export function shippedText(config: string): string {
  return Deno.readTextFileSync(new URL(`configs/${config}`, ROOT));
}

/** The spec that a config of this name and text says. */
export function specOf(config: string, text: string): ModuleSpec {
  const parsed = parseConfig({ file: `configs/${config}`, text });
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.rejection.fault.message);
  return parsed.spec;
}

export async function startShipped(
  config: string,
  home: string,
  own: Record<string, unknown> = {},
): Promise<TestWorker> {
  return await startSpec(shippedSpec(config), home, own);
}

/** The shipped module that a config of any words names. */
export async function startSpec(
  spec: ModuleSpec,
  home: string,
  own: Record<string, unknown> = {},
): Promise<TestWorker> {
  const { packages, builtins, folders, net } = spec.grants;
  const sources = sourcesOf(spec.prog);
  const vetted = await vetModule({ api: spec.api, ...sources, packages, builtins });
  assert.ok(vetted.ok, vetted.ok ? "" : vetted.fault.message);
  for (const { path } of folders) Deno.mkdirSync(`${home}/${path}`, { recursive: true });
  const paths = folders.map(({ path }) => (path === "." ? home : `${home}/${path}`));
  return await startWorker("", {
    raw: vetted.value.code,
    api: spec.api,
    own: { ...spec.own, ...own } as Record<string, unknown>,
    libraries: await Promise.all(packages.map(async (name) => [name, await LIBRARIES[name]!()] as const)),
    builtins,
    home,
    folders,
    permissions: paths.length + net.length === 0 ? "none" : { read: paths, write: paths, net: [...net] },
  });
}

function sourcesOf(prog: string): { entry: string; files: { path: string; text: string }[] } {
  const base = new URL(`plugins/${prog}`, ROOT);
  try {
    const names = [...filesBelow(base.pathname)].sort();
    return {
      entry: "mod.ts",
      files: names.map((path) => ({ path, text: Deno.readTextFileSync(`${base.pathname}/${path}`) })),
    };
  } catch {
    const entry = `${prog.split("/").at(-1)}.ts`;
    return { entry, files: [{ path: entry, text: Deno.readTextFileSync(new URL(`plugins/${prog}.ts`, ROOT)) }] };
  }
}

function* filesBelow(folder: string, within = ""): Iterable<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${within}`)) {
    if (isDirectory) yield* filesBelow(folder, `${within}${name}/`);
    else yield within + name;
  }
}
