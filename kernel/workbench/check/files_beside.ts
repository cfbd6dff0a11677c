/**
 * Files that a module's own name by a relative path and that are not among them: its neighbours, whose types it takes
 * (`import type { Module } from "./catalog.ts"`). They are read for the type check alone; what the module runs never sees them.
 */
import { dirname, join, relative } from "node:path";
import type { Files } from "../../contract/powers.ts";
import type { SourceSet } from "../../contract/spec.ts";

/** A module names a few others; this only bounds a mistake. */
const MOST_FILES = 64;
const FILE_BYTES = 1_048_576;
const NAMED = /\bfrom\s*["'](\.\.?\/[^"']+\.(?:ts|js|mjs))["']/g;

/** Paths are relative to the module's folder, and may begin with `../`. */
export async function filesBeside(
  files: Pick<Files, "readText" | "realPath">,
  { path, entry, files: own }: SourceSet,
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const folder = path.endsWith(`/${entry}`) ? dirname(path) : path;
  const plugins = /^.*\/plugins(?=\/)/.exec(path)?.[0];
  if (plugins === undefined) return [];
  const root = await files.realPath(plugins);
  const seen = new Set(own.map((file) => join(folder, file.path)));
  const found: { path: string; text: string }[] = [];
  const waiting = own.map((file) => ({ at: join(folder, file.path), text: file.text }));
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    for (const [, name] of one.text.matchAll(NAMED)) {
      const at = join(dirname(one.at), name!);
      if (seen.has(at) || found.length === MOST_FILES) continue;
      seen.add(at);
      const real = await files.realPath(at).catch(() => undefined);
      if (real === undefined || !real.startsWith(`${root}/`)) continue;
      const text = await files.readText(real, FILE_BYTES).catch(() => undefined);
      if (text === undefined) continue;
      found.push({ path: relative(folder, at), text });
      waiting.push({ at, text });
    }
  }
  return found;
}
