/**
 * `deno task test:binary [FILE]`: makes a binary, and runs every flow and every hostile module against it; or against a binary, or the one file
 * (`….mjs`), that is there already.
 */
import { resolve } from "@std/path";
import { PROGRAM } from "../../kernel/program/mod.ts";
import { compileProgram, missingDenort } from "../../kernel/vendor/mod.ts";
import { applicable, runAgainst } from "./applicable.ts";

const [file] = Deno.args;
if (file !== undefined) Deno.exit(await test(resolve(file)));
const missing = await missingDenort();
if (missing !== undefined) {
  console.log(`test:binary skipped: ${missing}`);
  Deno.exit(0);
}
const folder = await Deno.makeTempDir({ prefix: "binary" });
try {
  await compileProgram(PROGRAM, `${folder}/meta-machine`);
  Deno.exitCode = await test(`${folder}/meta-machine`);
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function test(program: string): Promise<0 | 1> {
  const shown = (text: string) => void Deno.stdout.writeSync(new TextEncoder().encode(text));
  const { ok, passed } = await runAgainst(program, applicable(), { options: ["--parallel"], shown });
  console.log(`test:binary: ${ok ? `${passed} passed` : "FAILED"}`);
  return ok ? 0 : 1;
}
