/** Writes a module's source into the home, by one rename. */
import { join } from "@std/path";
import type { SourceSet } from "../../contract/spec.ts";
import { denoFiles } from "../../powers_deno.ts";

/** A folder is written beside and takes the former one's place in two renames; a reader in between finds none and looks again. */
export async function writeSource(
  home: string,
  plugin: string,
  kind: "file" | "folder",
  { files, entry }: Pick<SourceSet, "files" | "entry">,
): Promise<void> {
  await denoFiles.makeFolder(`${home}/plugins`, 0o755);
  const target = join(home, plugin);
  if (kind === "file") {
    const { text } = files.find(({ path }) => path === entry)!;
    return await denoFiles.writeWhole(target, text);
  }
  const beside = await Deno.makeTempDir({ dir: `${home}/plugins`, prefix: ".adding-" });
  const former = `${beside}-former`;
  try {
    for (const { path, text } of files) {
      await Deno.mkdir(join(beside, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(beside, path), text);
    }
    await Deno.chmod(beside, 0o755);
    const replaced = await Deno.rename(target, former).then(() => true, () => false);
    await Deno.rename(beside, target);
    if (replaced) await Deno.remove(former, { recursive: true });
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    throw error;
  }
}
