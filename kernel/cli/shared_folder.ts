/** Whoever may write in a home decides what its host runs: a folder of it that others may write is refused. */
import { walk } from "@std/fs";
import { join } from "@std/path";
import { homeRights } from "../config/mod.ts";
import type { Fault } from "../contract/fault.ts";

/** Folders whose files decide what the host runs; looked at with all that is below them. */
const GUARDED = ["configs", "plugins", "prompts", "kernel"];
const MOST_FOLDERS = 5_000;

/** Why the first folder that somebody else may write is refused; undefined when there is none. */
export async function sharedFolder(home: string): Promise<Fault | undefined> {
  const paths = [home, join(home, "runtime")];
  for (const name of GUARDED) {
    if (await statFolder(join(home, name)) === undefined) continue;
    for await (const { path } of walk(join(home, name), { includeFiles: false, includeSymlinks: false })) {
      paths.push(path);
      if (paths.length >= MOST_FOLDERS) break;
    }
  }
  const folders = await Promise.all(paths.map(async (path) => {
    const found = await statFolder(path);
    return { path, facts: found && { mode: found.mode ?? 0, uid: found.uid ?? 0 } };
  }));
  return homeRights(folders, Deno.uid() ?? 0);
}

export async function statFolder(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
