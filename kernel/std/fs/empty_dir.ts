import { join } from "../path.ts";

/** Removes all that is in the folder, and makes the folder where it is missing. */
export async function emptyDir(dir: string | URL): Promise<void> {
  try {
    const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
    for (const name of names) await Deno.remove(join(dir, name), { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(dir, { recursive: true });
  }
}
