import { isSameOrInside, toPath } from "./same_or_inside.ts";

/** What a caller may set for {@linkcode move}. */
export interface MoveOptions {
  /** Whether what stands at the destination is removed first. Default false. */
  readonly overwrite?: boolean;
}

/**
 * Moves a file or a folder by one rename, so never to another file system.
 * Throws `Deno.errors.AlreadyExists` where the destination is taken, `Deno.errors.NotSupported` for a folder into itself.
 */
export async function move(
  from: string | URL,
  to: string | URL,
  { overwrite = false }: MoveOptions = {},
): Promise<void> {
  const [source, target] = [toPath(from), toPath(to)];
  const { isDirectory } = await Deno.stat(source);
  if (isDirectory && isSameOrInside(source, target)) {
    throw new Deno.errors.NotSupported(`Cannot move '${source}' to a subdirectory of itself, '${target}'`);
  }
  if (source === target && overwrite) return;
  if (overwrite) await removeIfThere(target);
  else if (await isTaken(target)) throw new Deno.errors.AlreadyExists(`Cannot move '${source}': '${target}' exists`);
  await Deno.rename(source, target);
}

function isTaken(path: string): Promise<boolean> {
  return Deno.lstat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}

function removeIfThere(path: string): Promise<void> {
  return Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
