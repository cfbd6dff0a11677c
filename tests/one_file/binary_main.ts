/** `deno task test:binary`: makes a binary, and runs every flow and every hostile module against it. */
import { compileProgram, missingDenort } from "../../kernel/vendor/mod.ts";
import { PROGRAM } from "../../kernel/program/mod.ts";
import { applicable, runAgainst } from "./applicable.ts";

const missing = await missingDenort();
if (missing !== undefined) {
  console.log(`test:binary skipped: ${missing}`);
  Deno.exit(0);
}
const folder = await Deno.makeTempDir({ prefix: "binary" });
try {
  const binary = `${folder}/meta-machine`;
  await compileProgram(PROGRAM, binary);
  const { ok, said, passed } = await runAgainst(binary, applicable(), ["--parallel"]);
  console.log(said);
  console.log(`test:binary: ${ok ? `${passed} passed` : "FAILED"}`);
  Deno.exitCode = ok ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}
