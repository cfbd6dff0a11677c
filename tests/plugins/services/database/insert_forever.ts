/** A process that inserts step after step and prints each one that was acknowledged, until it is killed. */
import { Module } from "../../../../plugins/services/database/mod.ts";
import { config, realFiles, scriptedKernel } from "../../scripted_kernel.ts";

const { kernel, as } = scriptedKernel();
const module = new Module(kernel, config(), realFiles(Deno.args[0]!, "runtime/files/database"));
await as("trainer", () => module.execute("create table if not exists log (step integer primary key)"));
const out = new TextEncoder();
for (;;) {
  const { lastInsertRowid } = await as(
    "trainer",
    () => module.execute("insert into log select coalesce(max(step), 0) + 1 from log"),
  );
  Deno.stdout.writeSync(out.encode(`${lastInsertRowid}\n`));
}
