/** Makes a home ready for editors and tests: what the program says of itself, and an import map that names it. */
import { ensureDir } from "@std/fs";
import { dirname, join, toFileUrl } from "@std/path";
import { PROGRAM } from "../../program/mod.ts";
import type { Homes } from "../bench/plan_module.ts";
import { denoJson, editorFiles, missingLines, wholeEditorFiles } from "./editor_files.ts";

export interface PreparedEditor {
  /** Paths in the home. */
  readonly written: string[];
  /** Lines that a `deno.json` of the home's own lacks: it is not touched. */
  readonly add_to_imports: readonly string[];
}

/** In the program's own folder everything is there already. */
export async function prepareEditor(homes: Homes): Promise<PreparedEditor> {
  const { home, program } = homes;
  if (home === program) return { written: [], add_to_imports: [] };
  const written = await writeEditorFiles(homes);
  for (const name of ["deno.json", "deno.jsonc"]) {
    const own = await Deno.readTextFile(join(home, name)).catch(() => undefined);
    if (own !== undefined) return { written, add_to_imports: missingLines(own) };
  }
  await write(home, "deno.json", denoJson(), written);
  return { written, add_to_imports: [] };
}

/** They are made by the program: stale ones are replaced. */
async function writeEditorFiles({ home, program, one_file }: Homes): Promise<string[]> {
  const written: string[] = [];
  const libs = `${toFileUrl(join(program, "libs")).href}/`;
  const files = one_file === undefined
    ? await editorFiles(libs, (file) => Deno.readTextFile(new URL(file, libs)))
    : await wholeEditorFiles({ program, one_file }, readInside);
  for (const [path, text] of files) {
    const former = await Deno.readTextFile(join(home, path)).catch(() => undefined);
    if (former !== text) await write(home, path, text, written);
  }
  return written;
}

async function readInside(file: string): Promise<string> {
  return new TextDecoder().decode(await PROGRAM.read(`libs/${file}`));
}

export async function write(home: string, path: string, text: string, written: string[]): Promise<void> {
  await ensureDir(dirname(join(home, path)));
  await Deno.writeTextFile(join(home, path), text);
  written.push(path);
}
