/** `deno task fuzz [--inputs N] [--seed S]`: the tests of this folder with so many inputs for each channel, and what each of them tells of its run. */
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { inputs: { type: "string", default: "1000000" }, seed: { type: "string" } } });
const told = await Deno.makeTempFile();
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--cached-only", "--no-check", "--quiet", "tests/run.ts", "tests/fuzz"],
  env: {
    FUZZ_INPUTS: values.inputs,
    FUZZ_TELL: told,
    ...(values.seed !== undefined && { FUZZ_SEED: values.seed }),
  },
}).spawn().status;
console.log(await Deno.readTextFile(told));
await Deno.remove(told);
Deno.exit(code);
