/** `deno task soak --minutes N [--seed S]`: ends with code 1 when something was lost, done twice, hangs or has grown. */
import { parseArgs } from "node:util";
import { soak } from "./soak.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Date.now() % 1_000_000)];
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("usage: deno task soak --minutes N [--seed S]; N is a positive number, S an integer");
  Deno.exit(2);
}
const stop = new AbortController();
// Its host would go on without it.
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());
const began = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - began) / 1_000)} s  ${line}`);
try {
  await soak({ minutes, seed, say, signal: stop.signal });
  console.log("nothing lost, nothing done twice, nothing grown");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exitCode = 1;
}
Deno.exit();
