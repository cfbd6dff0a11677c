/** `plugin new`: a module, its config and its tests, and what an editor needs; nothing that is there is written over. */
import { ensureDir } from "@std/fs";
import { dirname, join } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { API_NAME_RULE, isApiName } from "../../contract/names.ts";
import { denoJson, editorFiles, missingLines } from "./editor_files.ts";
import { moduleFiles, type Wanted } from "./texts.ts";

export interface NewModule {
  /** Paths in the home. */
  readonly written: readonly string[];
  /** Lines that the home's own `deno.json` lacks. */
  readonly add_to_imports: readonly string[];
}

/** `home` and `program` absolute and real. The home has its configs already. */
export async function newModule(
  { home, program }: { readonly home: string; readonly program: string },
  wanted: Wanted,
): Promise<Result<NewModule>> {
  if (!isApiName(wanted.name)) {
    return refuse(fault("invalid_argument", `'${wanted.name}' is no name for a module`, { hint: API_NAME_RULE }));
  }
  const files = moduleFiles(wanted);
  const there = await firstThere(home, [...files.keys(), ...otherSources(wanted.name)]);
  if (there !== undefined) {
    return refuse(fault("conflict", `${there} is there already: nothing was written`, {
      hint: "choose another name, or remove it first",
      retriable: false,
    }));
  }
  const written = home === program ? [] : await writeEditorFiles(home, program);
  const add_to_imports = home === program ? [] : await addImports(home, written);
  for (const [path, text] of files) await write(home, path, text, written);
  return ok({ written, add_to_imports });
}

/** A host would find these instead of, or beside, what is about to be written. */
function otherSources(name: string): readonly string[] {
  const configs = [`configs/${name}.yaml`, `configs/${name}.yml`];
  return [...configs, `plugins/${name}.ts`, `plugins/${name}.js`, `plugins/${name}/mod.ts`];
}

async function firstThere(home: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isThere(join(home, path))) return path;
}

/** They are made by the program: stale ones are replaced. */
async function writeEditorFiles(home: string, program: string): Promise<string[]> {
  const written: string[] = [];
  for (const [path, text] of await editorFiles((file) => Deno.readTextFile(join(program, "libs", file)))) {
    const former = await Deno.readTextFile(join(home, path)).catch(() => undefined);
    if (former !== text) await write(home, path, text, written);
  }
  return written;
}

async function addImports(home: string, written: string[]): Promise<readonly string[]> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    if (await isThere(join(home, name))) return missingLines(await Deno.readTextFile(join(home, name)));
  }
  await write(home, "deno.json", denoJson(), written);
  return [];
}

async function write(home: string, path: string, text: string, written: string[]): Promise<void> {
  await ensureDir(dirname(join(home, path)));
  await Deno.writeTextFile(join(home, path), text);
  written.push(path);
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
