/** How logs and events look to people: on a terminal and in a file. */
import assert from "node:assert/strict";
import type { LogRecord } from "../../kernel/contract/control.ts";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import { timeOf } from "../../kernel/cli/feed_line.ts";
import { eventsOnTerminal, plainEvent } from "../../kernel/cli/show_event.ts";
import { logOnTerminal, plainLog } from "../../kernel/cli/show_log.ts";

const NOW = new Date(2026, 0, 31, 12, 0, 0, 0);
const at = (ms: number) => new Date(NOW.getTime() + ms).toISOString();
const record = (more: Partial<LogRecord>): LogRecord => ({
  time: at(5),
  level: "INFO",
  api: "notes",
  message: "m",
  ...more,
});
const PLAIN = { colour: false, one: false, now: NOW };
// deno-lint-ignore no-control-regex
const ESCAPES = /\x1b\[[0-9;]*m/g;

Deno.test("a log on a terminal has short times and columns that stand under each other", () => {
  const show = logOnTerminal(PLAIN);
  assert.equal(show(record({})), "12:00:00.005  INFO   notes             m");
  assert.equal(
    show(record({ api: "inference/one_of_them", level: "WARNING" })),
    "12:00:00.005  WARN   inference/one_of_them  m",
  );
  assert.equal(show(record({ level: "CRITICAL" })), "12:00:00.005  CRIT   notes                  m");
});

Deno.test("a log of one api on a terminal leaves its column out", () => {
  assert.equal(logOnTerminal({ ...PLAIN, one: true })(record({})), "12:00:00.005  INFO   m");
});

Deno.test("a log on a terminal names the day when it is another than the one before", () => {
  const show = logOnTerminal(PLAIN);
  assert.equal(show(record({ time: at(-86_400_000) })), "── 2026-01-30 ──\n12:00:00.000  INFO   notes             m");
  assert.equal(show(record({ time: at(-86_400_000) })), "12:00:00.000  INFO   notes             m");
  assert.equal(show(record({})), "── 2026-01-31 ──\n12:00:00.005  INFO   notes             m");
});

Deno.test("no line of a message passes for a record, steers the terminal or leaves its column", () => {
  const forged = record({ message: "first\n12:00:00.005  INFO   kernel    forged\x1b[2J\n" });
  const [first, second, ...rest] = logOnTerminal(PLAIN)(forged).split("\n");
  assert.equal(first, "12:00:00.005  INFO   notes             first");
  assert.ok(second!.startsWith(" ".repeat(first!.indexOf("first")) + "12:00"), second);
  assert.deepEqual(rest, []);
  for (const shown of [second!, plainLog(forged)]) assert.ok(!shown.includes("\x1b"));
  assert.match(plainLog(forged), /^\S+Z - INFO - notes - first\n {4}12:00/);
});

Deno.test("a name has the same colour wherever it stands, and colours change no width", () => {
  const show = logOnTerminal({ ...PLAIN, colour: true });
  const colourOf = (line: string, name: string) => new RegExp(`\\x1b\\[38;5;(\\d+)m${name}`).exec(line)?.[1];
  const [a, b] = [show(record({})), show(record({ level: "ERROR", message: "one\ntwo" }))];
  assert.ok(colourOf(a, "notes") !== undefined);
  assert.equal(colourOf(a, "notes"), colourOf(b, "notes"));
  const event = eventsOnTerminal({ ...PLAIN, colour: true })({ time: at(0), kind: "module.ready", api: "notes" });
  assert.equal(colourOf(event, "notes"), colourOf(a, "notes"));
  assert.equal(b.replace(ESCAPES, ""), logOnTerminal(PLAIN)(record({ level: "ERROR", message: "one\ntwo" })));
});

Deno.test("events on a terminal have columns; detail is JSON on one line", () => {
  const show = eventsOnTerminal(PLAIN);
  const event: LoggedEvent = {
    time: at(7),
    kind: "limit.hit",
    api: "notes",
    message: "memory",
    detail: { found: 200 },
  };
  assert.equal(show(event), '12:00:00.007  limit.hit         notes             memory {"found":200}');
  assert.equal(show({ time: at(7), kind: "kernel.ready" }), "12:00:00.007  kernel.ready");
  assert.equal(plainEvent(event), `${at(7)} limit.hit notes memory {"found":200}`);
});

Deno.test("a record without a time is shown all the same", () => {
  assert.equal(logOnTerminal(PLAIN)(record({ time: "?" })), "--:--:--.---  INFO   notes             m");
  assert.match(timeOf(new Date()), /^\d\d:\d\d:\d\d\.\d{3}$/);
});
