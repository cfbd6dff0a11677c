/** What runs: the program's own folder, its version, and the Deno it was built on. */
import { join } from "@std/path";
import deno_json from "../../deno.json" with { type: "json" };
import { PROGRAM } from "../program/mod.ts";

/** Absolute: the folder of main.ts with the shipped `configs/` in it, or the one file that has all of it. */
export const PROGRAM_FOLDER: string = PROGRAM.folder;
export const PROGRAM_VERSION: string = deno_json.version;
/** Everything here was measured on this one; others may lack a permission or a flag that the fence leans on. */
export const WANTED_DENO = "2.9.6";

const FLAGS = ["run", "-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];

/** Arguments of Deno's executable before those of a command; a compiled binary has none. */
export const PROGRAM_ARGUMENTS: readonly string[] = {
  sources: [...FLAGS, `--config=${join(PROGRAM_FOLDER, "deno.json")}`, join(PROGRAM_FOLDER, "main.ts")],
  file: [...FLAGS, "--no-config", "--no-lock", PROGRAM_FOLDER],
  binary: [],
}[PROGRAM.form];
