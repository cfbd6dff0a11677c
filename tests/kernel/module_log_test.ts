import assert from "node:assert/strict";
import type { CellId } from "../../kernel/contract/names.ts";
import type { LogRecord } from "../../kernel/contract/control.ts";
import type { HostLog } from "../../kernel/events/mod.ts";
import { ModuleLog } from "../../kernel/module_log.ts";
import { planOf } from "../config/planned.ts";

async function open(configs: Readonly<Record<string, string>> = { "notes.yml": "", "tools/a.yml": "cell: shared" }) {
  const lines: string[] = [];
  const plan = await planOf(configs);
  const write = (level: LogRecord["level"], api: string, message: string) => lines.push(`${level} ${api}: ${message}`);
  return { lines, log: new ModuleLog({ write } as unknown as HostLog, "/home", () => plan) };
}
const shell = (api: string, level: string, text: string) => JSON.stringify({ api, level, text });

Deno.test("a line of a cell's shell reaches the log under its module's name and level", async () => {
  const { lines, log } = await open();
  log.line("notes~1" as CellId, "stdout", shell("notes", "DEBUG", "hello"));
  log.line("shared~2" as CellId, "stdout", shell("tools/a", "ERROR", "broken"));
  assert.deepEqual(lines, ["DEBUG notes: hello", "ERROR tools/a: broken"]);
});

Deno.test("a line under a name that does not live in that cell, or that is none of the shell's, is the cell's own", async () => {
  const { lines, log } = await open();
  const said = [
    shell("kernel", "CRITICAL", "all is lost"),
    shell("tools/a", "INFO", "x"),
    "{torn",
    '{"api":1}',
    "plain",
    shell("notes", "SHOUT", "x"),
  ];
  for (const line of said) log.line("notes~1" as CellId, "stdout", line);
  log.line("notes~1" as CellId, "stderr", shell("notes", "INFO", "stderr is the process's"));
  assert.ok(lines.slice(0, -1).every((line) => line.startsWith("INFO notes: ")), lines.join("\n"));
  assert.ok(lines.at(-1)!.startsWith("WARNING notes: "));
});

Deno.test("a line of a cell that was given to a module reaches the log under that module's name", async () => {
  const lines: string[] = [];
  const plan = await planOf({ "notes.yml": "" });
  const write = (level: LogRecord["level"], api: string, message: string) => lines.push(`${level} ${api}: ${message}`);
  const log = new ModuleLog({ write } as unknown as HostLog, "/home", () => plan, () => "notes");
  log.line("@warm~3" as CellId, "stdout", shell("notes", "INFO", "hello"));
  log.line("@warm~3" as CellId, "stdout", shell("other", "INFO", "a lie"));
  assert.equal(lines[0], "INFO notes: hello");
  assert.match(lines[1]!, /^INFO notes: \{/);
});

Deno.test("why a cell said it would end is told once", async () => {
  const { log } = await open();
  log.dying("notes~1" as CellId, "memory_mb: found 2, allowed 1");
  assert.deepEqual([log.lastWords("notes~1" as CellId), log.lastWords("notes~1" as CellId)], [
    "memory_mb: found 2, allowed 1",
    undefined,
  ]);
});

Deno.test("positions in a module's source are told as the author finds them", async () => {
  const { lines, log } = await open();
  log.say("ERROR", "notes", "Error: x\n    at run (plugin:///notes/notes.ts:3:5)");
  assert.ok(!lines[0]!.includes("plugin:///"), lines[0]);
});
