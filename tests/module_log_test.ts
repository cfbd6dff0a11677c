import assert from "node:assert/strict";
import type { CellId } from "../kernel/contract/names.ts";
import type { Plan } from "../kernel/contract/spec.ts";
import type { HostLog } from "../kernel/events/mod.ts";
import { ModuleLog } from "../kernel/module_log.ts";

function moduleLog(): { log: ModuleLog; written: string[] } {
  const written: string[] = [];
  const host = { write: (...words: string[]) => void written.push(words.join(" ")) } as unknown as HostLog;
  const modules = new Map([["notes", { spec: { cell: "shared" } }]]);
  return { log: new ModuleLog(host, "/home", () => ({ modules, rejected: [] }) as unknown as Plan), written };
}
const line = (api: string) => JSON.stringify({ api, level: "ERROR", text: "said" });

Deno.test("a cell's line stands under the name of a module that lives in it, never under another's or the kernel's", () => {
  const { log, written } = moduleLog();
  log.line("a.b~1" as CellId, "stdout", line("a/b"));
  log.line("shared~2" as CellId, "stdout", line("notes"));
  assert.deepEqual(written.splice(0), ["ERROR a/b said", "ERROR notes said"]);
  for (const api of ["kernel", "notes", "a"]) log.line("a.b~1" as CellId, "stdout", line(api));
  assert.deepEqual(written, ["kernel", "notes", "a"].map((api) => `INFO a.b ${line(api)}`));
});

Deno.test("what is not the shell's JSON is the process's own line", () => {
  const { log, written } = moduleLog();
  log.line("a~1" as CellId, "stderr", line("a"));
  log.line("a~1" as CellId, "stdout", "{broken");
  assert.deepEqual(written, [`WARNING a ${line("a")}`, "INFO a {broken"]);
});
