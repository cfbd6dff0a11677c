/** `deno task bundle [FILE]`: the program as one file, in ./meta-machine.mjs without a name. */
import { PROGRAM } from "../program/mod.ts";
import { bundleProgram } from "./bundle_program.ts";

const [file = "meta-machine.mjs"] = Deno.args;
const began = performance.now();
const text = await bundleProgram(PROGRAM);
await Deno.writeTextFile(file, text);
console.log(`${file}: ${Math.ceil(text.length / 1024)} kB, ${Math.round(performance.now() - began)} ms`);
