/** Gives a new home the shipped defaults. A home that has `configs/` gets nothing added, whatever is in it. */
import { ensureDir } from "@std/fs";
import { dirname, join } from "@std/path";
import type { Program } from "../program/mod.ts";

export type Shipped = Pick<Program, "list" | "read">;

/** What was written, relative to the home; `undefined` when the home had its configs already. */
export async function writeShippedDefaults(program: Shipped, home: string): Promise<readonly string[] | undefined> {
  const found = await Deno.stat(home).catch(() => undefined);
  if (found !== undefined && !found.isDirectory) throw new Deno.errors.NotADirectory(`${home} is not a folder`);
  if (await present(join(home, "configs"))) return undefined;
  await ensureDir(home);
  // Written beside and renamed: a home has either no configs or all of them, also when two commands do this at once.
  const beside = await Deno.makeTempDir({ dir: home, prefix: ".configs-" });
  try {
    const files = await copyConfigs(program, beside);
    await Deno.chmod(beside, 0o755);
    await Deno.rename(beside, join(home, "configs"));
    return [...files.map((file) => `configs/${file}`), ...await makeFolders(home, ["plugins", "prompts"])];
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    if (await present(join(home, "configs"))) return undefined; // another command was faster
    throw error;
  }
}

async function copyConfigs(program: Shipped, to: string): Promise<readonly string[]> {
  const files = await program.list("configs");
  for (const path of files) {
    await Deno.mkdir(join(to, dirname(path)), { recursive: true, mode: 0o755 });
    await Deno.writeFile(join(to, path), await program.read(`configs/${path}`), { mode: 0o644 });
  }
  return files;
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
