/** `doctor` on the home: whose it is, who may write in it, and whether this user may. */
import { join } from "@std/path";
import { sharedFolder, statFolder } from "./shared_folder.ts";
import { fail, type Finding, good, warn } from "./doctor_finding.ts";

/** Folders that the host writes to. */
const WRITTEN = ["configs", "plugins", "runtime", "runtime/run", "runtime/logs", "runtime/image", "runtime/files"];

export async function checkHome(home: string): Promise<readonly Finding[]> {
  const facts = await statFolder(home);
  if (facts === undefined) {
    return [warn("home", `${home} is not there yet`, "'start' or 'init' makes it")];
  }
  if (!facts.isDirectory) return [fail("home", `${home} is not a folder`, "name a folder with --home")];
  return [await checkRights(home), await checkConfigs(home), await checkWritable(home)];
}

async function checkRights(home: string): Promise<Finding> {
  const wrong = await sharedFolder(home);
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
