/** Gives a new home the shipped defaults. A home that has `configs/` gets nothing added, whatever is in it. */
import { ensureDir, walk } from "@std/fs";
import { join, relative } from "@std/path";

/** What was written, relative to the home; `undefined` when the home had its configs already. */
export async function writeShippedDefaults(program: string, home: string): Promise<readonly string[] | undefined> {
  const found = await Deno.stat(home).catch(() => undefined);
  if (found !== undefined && !found.isDirectory) throw new Deno.errors.NotADirectory(`${home} is not a folder`);
  if (await present(join(home, "configs"))) return undefined;
  await ensureDir(home);
  // Written beside and renamed: a home has either no configs or all of them, also when two commands do this at once.
  const beside = await Deno.makeTempDir({ dir: home, prefix: ".configs-" });
  try {
    const files = await copyFiles(join(program, "configs"), beside);
    await Deno.chmod(beside, 0o755);
    await Deno.rename(beside, join(home, "configs"));
    return [...files.map((file) => `configs/${file}`), ...await makeFolders(home, ["plugins", "prompts"])];
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    if (await present(join(home, "configs"))) return undefined; // another command was faster
    throw error;
  }
}

async function copyFiles(from: string, to: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const entry of walk(from)) {
    const path = relative(from, entry.path);
    if (path === "") continue;
    if (entry.isDirectory) await Deno.mkdir(join(to, path), { mode: 0o755 });
    if (!entry.isFile) continue;
    await Deno.writeFile(join(to, path), await Deno.readFile(entry.path), { mode: 0o644 });
    files.push(path);
  }
  return files.sort();
}

async function makeFolders(home: string, names: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (const name of names) {
    if (await present(join(home, name))) continue;
    await Deno.mkdir(join(home, name), { mode: 0o755 });
    made.push(`${name}/`);
  }
  return made;
}

/** Also a broken symlink is something that the operator put there. */
async function present(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
