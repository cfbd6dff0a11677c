/** Makes the folder with its parents where it is missing. Refuses a path at which something else stands. */
export async function ensureDir(dir: string | URL): Promise<void> {
  try {
    await Deno.mkdir(dir, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    // A file, or a link: a link to a folder will do.
    const { isDirectory, isFile } = await Deno.stat(dir);
    if (!isDirectory) {
      throw new Error(
        `Failed to ensure directory exists: expected 'dir', got '${isFile ? "file" : "other"}' at '${dir}'`,
      );
    }
  }
}
