/** `doctor` on the home: whose it is, who may write in it, and whether this user may. */
import { walk } from "@std/fs";
import { join } from "@std/path";
import { homeRights } from "../config/mod.ts";
import { fail, type Finding, good, warn } from "./doctor_finding.ts";

/** Folders whose files decide what the host runs; looked at with all that is below them. */
const GUARDED = ["configs", "plugins", "prompts", "kernel"];
/** Folders that the host writes to. */
const WRITTEN = ["configs", "plugins", "runtime", "runtime/run", "runtime/logs", "runtime/image", "runtime/files"];
const MOST_FOLDERS = 5_000;

export async function checkHome(home: string): Promise<readonly Finding[]> {
  const facts = await statFolder(home);
  if (facts === undefined) {
    return [warn("home", `${home} is not there yet`, "'start' or 'init' makes it")];
  }
  if (!facts.isDirectory) return [fail("home", `${home} is not a folder`, "name a folder with --home")];
  return [await checkRights(home), await checkConfigs(home), await checkWritable(home)];
}

async function checkRights(home: string): Promise<Finding> {
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
  const wrong = homeRights(folders, Deno.uid() ?? 0);
  return wrong === undefined
    ? good("rights", `${home}: nobody else may write`)
    : fail("rights", wrong.message, wrong.hint);
}

async function checkConfigs(home: string): Promise<Finding> {
  if (await statFolder(join(home, "configs"))) return good("configs", "configs/ is there");
  return warn("configs", "no configs/ yet", "'start' writes the shipped defaults, as does 'init'");
}

/** Tries it, since rights, mounts and quotas all have a say. */
async function checkWritable(home: string): Promise<Finding> {
  for (const name of ["", ...WRITTEN]) {
    const folder = join(home, name);
    if (await statFolder(folder) === undefined) continue;
    try {
      await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: ".doctor-" }));
    } catch (error) {
      return fail(
        "writable",
        `can't write in ${folder}: ${(error as Error).message}`,
        "give this user the right to write there",
      );
    }
  }
  return good("writable", "this user may write where the host does");
}

async function statFolder(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
