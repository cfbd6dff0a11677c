/** `deno task compile [FILE]`: the program as a binary, ./meta-machine without a name. */
import { resolve } from "node:path";
import { PROGRAM } from "../program/mod.ts";
import { compileProgram } from "./compile_program.ts";
import { missingDenort } from "./find_denort.ts";

const [file = "meta-machine"] = Deno.args;
const missing = await missingDenort();
if (missing !== undefined) {
  console.error(`Cannot compile: ${missing}. Without it, 'deno task bundle' makes one file that Deno runs.`);
  Deno.exit(1);
}
await compileProgram(PROGRAM, resolve(file));
const { size } = await Deno.stat(file);
console.log(`${file}: ${Math.ceil(size / 1_048_576)} MB`);
