/** Which kind of thing {@linkcode exists} looks for; at most one. */
export interface ExistsOptions {
  readonly isFile?: boolean;
  readonly isDirectory?: boolean;
}

/** True when the path leads to something (a broken link leads to nothing) of the kind asked for. */
export async function exists(
  path: string | URL,
  { isFile = false, isDirectory = false }: ExistsOptions = {},
): Promise<boolean> {
  if (isFile && isDirectory) throw new TypeError("Cannot look for a file and a directory at once: pass one of the two");
  try {
    const found = await Deno.stat(path);
    return (!isFile || found.isFile) && (!isDirectory || found.isDirectory);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    // The folder above may not be searched: something may be there, which is what @std/fs answers.
    if (error instanceof Deno.errors.PermissionDenied) return true;
    throw error;
  }
}
