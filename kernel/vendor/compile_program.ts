import { join } from "node:path";
import type { Program } from "../program/mod.ts";
import { BAKED_FLAGS } from "../watchdog/mod.ts";
import { bundleProgram } from "./bundle_program.ts";

/** The file is complete: nothing around it is looked at. */
const ALONE = ["--no-config", "--no-lock", "--no-remote", "--no-npm", "--cached-only", "--no-check", "--quiet"];

/** Makes the binary `file` of the program's sources: its one file, with Deno's runtime and one baked set of permissions and V8 flags. Throws with Deno's words. */
export async function compileProgram(program: Program, file: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "mm-compile-" });
  try {
    const bundle = join(folder, "meta-machine.mjs");
    await Deno.writeTextFile(bundle, await bundleProgram(program));
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["compile", ...ALONE, ...BAKED_FLAGS, "--output", file, bundle],
      stdin: "null",
    }).output();
    if (code !== 0) throw new Error(`deno compile failed: ${new TextDecoder().decode(stderr)}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
