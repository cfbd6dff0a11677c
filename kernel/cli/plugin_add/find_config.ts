/** The config of a stranger's plugin: the highest version of NAME.yml in its folder or beside it. */
import { basename, dirname, join } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { SOURCES } from "../../contract/limits.ts";
import { deriveNames, hasConfigExtension, pickVersions } from "../../config/mod.ts";
import { denoFiles } from "../../powers_deno.ts";

/** As it was found; undefined when there is none. */
export type FoundConfig = { readonly path: string; readonly text: string } | undefined;

/**
 * Takes regular files only: through a link the text of any file that the operator may read would become the plugin's
 * own config. Refuses two files of one version.
 */
export async function findConfig(from: string, kind: "file" | "folder"): Promise<Result<FoundConfig>> {
  const own = basename(from).replace(kind === "file" ? /\.(?:ts|js)$/ : /$^/, "");
  for (const folder of kind === "folder" ? [from, dirname(from)] : [dirname(from)]) {
    const found = await findIn(folder, own);
    if (!found.ok || found.value !== undefined) return found;
  }
  return ok(undefined);
}

async function findIn(folder: string, own: string): Promise<Result<FoundConfig>> {
  const texts: { file: string; text: string; facts: { size: number; mtime_ms: number; inode: number } }[] = [];
  for (const { name, kind } of await denoFiles.list(folder) ?? []) {
    if (!hasConfigExtension(name) || deriveNames(name).base !== own) continue;
    const path = join(folder, name);
    if (kind !== "file") {
      return refuse(fault("config_invalid", `${path} is ${kind === "symlink" ? "a link" : "no file"}`, {
        hint: "a plugin's config is a regular file: put one there if you trust what it leads to",
      }));
    }
    const text = await denoFiles.readText(path, SOURCES.config_bytes);
    if (text !== undefined) texts.push({ file: name, text, facts: { size: text.length, mtime_ms: 0, inode: 0 } });
  }
  const { picked, rejected } = pickVersions(texts, []);
  const tie = rejected[0];
  if (tie !== undefined) return refuse({ ...tie.fault, hint: `remove one of them in ${folder}` });
  return ok(picked[0] && { path: join(folder, picked[0].file), text: picked[0].text });
}
