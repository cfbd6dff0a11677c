/** Where a backup may go: a folder that is not there yet or empty, outside of the home that is backed up. */
import { basename, dirname } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";

export interface BackupTarget {
  /** Absolute; its parent is real. */
  readonly folder: string;
  /** In the same parent, so that the whole can be renamed at the end. */
  readonly beside: string;
}

/** `home` is a real path, `wanted` absolute, `mark` what tells two backups of one moment apart. */
export async function chooseTarget(home: string, wanted: string, mark: string): Promise<Result<BackupTarget>> {
  const parent = await realFolder(dirname(wanted));
  if (parent === undefined) {
    // Not made: a disk that is not mounted must not pass for a folder on another one.
    return refused(`${dirname(wanted)} is not there`, "make that folder first, or name another one");
  }
  const folder = `${parent === "/" ? "" : parent}/${basename(wanted)}`;
  const real = await realFolder(folder) ?? folder;
  if (`${real}/`.startsWith(`${home}/`)) {
    return refused(`${folder} lies inside the home ${home}`, "name a folder outside of the home");
  }
  const found = await lstat(folder);
  if (found !== undefined && !found.isDirectory) return refused(`${folder} is no folder`, "name another one");
  if (found !== undefined && !await isEmpty(folder)) {
    return refused(`${folder} is not empty`, "name a folder that is not there yet");
  }
  return ok({ folder, beside: `${dirname(folder)}/.${basename(folder)}.${mark}.part`.replace("//", "/") });
}

function refused(found: string, hint: string): Result<never> {
  return refuse(fault("invalid_argument", `Cannot back up: ${found}`, { hint }));
}

async function realFolder(path: string): Promise<string | undefined> {
  try {
    const real = await Deno.realPath(path);
    return (await Deno.stat(real)).isDirectory ? real : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

async function lstat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  for await (const _ of Deno.readDir(folder)) return false;
  return true;
}
