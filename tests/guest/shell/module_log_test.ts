import assert from "node:assert/strict";
import { LINE_UNITS, ModuleLog } from "../../../kernel/guest/shell/module_log.ts";

/** A log with a clock of its own. */
function script() {
  const lines: { api: string; level: string; text: string }[] = [];
  const timers: { at: number; then: () => void }[] = [];
  const clock = {
    time: 0,
    monotonic: () => clock.time,
    after: (ms: number, then: () => void) => {
      timers.push({ at: clock.time + ms, then });
      return () => {};
    },
  };
  const pass = (ms: number) => {
    clock.time += ms;
    for (const timer of timers.splice(0)) {
      if (timer.at <= clock.time) timer.then();
      else timers.push(timer);
    }
  };
  const log = new ModuleLog(clock, (line) => {
    assert.ok(line.endsWith("\n") && line.indexOf("\n") === line.length - 1);
    lines.push(JSON.parse(line));
  });
  return { log, lines, pass, timers };
}

Deno.test("ModuleLog writes one JSON line for each line of the text", () => {
  const { log, lines } = script();
  log.print("a/b", "INFO", "one\ntwo\n", 10);
  assert.deepEqual(lines, [{ api: "a/b", level: "INFO", text: "one" }, { api: "a/b", level: "INFO", text: "two" }]);
});

Deno.test("ModuleLog spells out what a terminal would obey", () => {
  const { log, lines } = script();
  log.print("a", "ERROR", "\u001b[2J\r\u202eevil", 10);
  assert.equal(lines[0]!.text, "\\u{1b}[2J\\u{d}\\u{202e}evil");
});

Deno.test("ModuleLog keeps a text of 8192 units whole and cuts one more", () => {
  const { log, lines } = script();
  log.print("a", "INFO", "x".repeat(LINE_UNITS), 10);
  log.print("a", "INFO", "x".repeat(LINE_UNITS + 1), 10);
  assert.equal(lines[0]!.text, "x".repeat(LINE_UNITS));
  assert.equal(lines[1]!.text, "x".repeat(LINE_UNITS - 1) + "…");
});

Deno.test("ModuleLog writes as many lines a second as the module may, and says once how many it dropped", () => {
  const { log, lines, pass, timers } = script();
  for (let i = 0; i < 5; i++) log.print("a", "INFO", `${i}`, 3);
  log.print("b", "INFO", "a neighbour", 3);
  assert.deepEqual(lines.map(({ text }) => text), ["0", "1", "2", "a neighbour"]);
  pass(999);
  assert.equal(lines.length, 4);
  pass(1);
  assert.deepEqual(lines.at(-1), { api: "a", level: "WARNING", text: "… 2 lines dropped" });
  log.print("a", "INFO", "again", 3);
  assert.equal(lines.at(-1)!.text, "again");
  assert.equal(timers.length, 0);
});

Deno.test("ModuleLog tells what was dropped before the end", () => {
  const { log, lines } = script();
  log.print("a", "INFO", "1\n2\n3", 1);
  log.tellAll();
  log.tellAll();
  assert.deepEqual(lines.map(({ text }) => text), ["1", "… 2 lines dropped"]);
});

Deno.test("ModuleLog adds up what it dropped and what the Worker left out, and tells both in one line", () => {
  const { log, lines, pass } = script();
  log.print("a", "INFO", "1\n2\n3", 1);
  log.leftOut("a", 40, 1);
  pass(1_000);
  assert.deepEqual(lines.map(({ text }) => text), ["1", "… 42 lines dropped"]);
});

Deno.test("ModuleLog tells a Worker's counts once a second, however many it makes up, and what it drops of them never falls to the bound", () => {
  const { log, lines, pass } = script();
  for (let second = 0; second < 3; second++) {
    for (let i = 0; i < 10_000; i++) log.leftOut("a", Number.MAX_SAFE_INTEGER, 1);
    log.print("a", "INFO", "one\ntwo", 1);
    pass(1_000);
  }
  const told = `… ${Number.MAX_SAFE_INTEGER} lines dropped`;
  assert.deepEqual(lines.map(({ text }) => text), ["one", told, "one", told, "one", told]);
});
