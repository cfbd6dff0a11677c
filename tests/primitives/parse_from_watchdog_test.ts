import assert from "node:assert/strict";
import fc from "fast-check";
import type { FromWatchdog } from "../../kernel/contract/channel.ts";
import { parseFromWatchdog } from "../../kernel/primitives/parse_from_watchdog.ts";

const HASH = "0a".repeat(32);
const HELLO = {
  t: "hello",
  epoch: 1,
  pass_over: [{ meta: "meta-v2.yml", hash: HASH }],
  home: "/h",
  program: "/p",
  run: "/h/runtime/run",
  version: "0.1.0",
  log_level: "INFO",
  watchdog_pid: 5,
  protocol: 1,
};
const VALID: readonly Record<string, unknown>[] = [
  HELLO,
  { ...HELLO, successor: { meta: "meta-v2.yml", hash: HASH }, beside_former: true },
  { t: "cells", cells: [{ cell: "@warm~2", pid: 8, token: "cd", base: "a" }] },
  { t: "cells", cells: [{ cell: "a~1", pid: 7, token: HASH }] },
  { t: "exited", cell: "a~1", code: 0, signal: null },
  { t: "exited", cell: "a~1", code: null, signal: "SIGKILL", reason: "killed" },
  { t: "said", time: "2026-01-31T12:00:00.000Z", level: "WARNING", message: "kernel 1 died" },
  { t: "log", cell: "a~1", stream: "stderr", line: "x" },
  { t: "state", state: null },
  { t: "lead", epoch: 3 },
  { t: "lead", epoch: 3, alone: true },
  { t: "lead", epoch: 3, why: "it did not load", again: true },
  { t: "env", name: "A", value: null },
  { t: "drain", ms: 2_000 },
];

Deno.test("parseFromWatchdog gives every message of the channel back without unknown fields", () => {
  const all: Record<FromWatchdog["t"], true> = {
    hello: true,
    cells: true,
    exited: true,
    said: true,
    log: true,
    state: true,
    lead: true,
    env: true,
    drain: true,
  };
  assert.deepEqual([...new Set(VALID.map(({ t }) => t))].sort(), Object.keys(all).sort());
  for (const message of VALID) assert.deepEqual(parseFromWatchdog({ ...message, extra: 1 }), message);
});

Deno.test("parseFromWatchdog refuses what is not in the closed set", () => {
  for (
    const message of [
      null,
      [],
      {},
      { t: "constructor" },
      { ...HELLO, home: "relative" },
      { ...HELLO, watchdog_pid: 0 },
      { ...HELLO, epoch: -1 },
      { ...HELLO, pass_over: [1] },
      { ...HELLO, version: undefined },
      { t: "cells", cells: [{ cell: "a~1", pid: 7, token: "xyz" }] },
      { t: "cells", cells: {} },
      { t: "said", time: "t", level: "LOUD", message: "x" },
      { t: "said", level: "INFO", message: "x" },
      { t: "said", time: "t", level: "INFO" },
      { t: "cells", cells: [{ cell: "@warm~1", pid: 7, token: "ab", base: "@warm" }] },
      { t: "exited", cell: "a~1", code: 1.5, signal: null },
      { t: "exited", cell: "a~1", code: 0 },
      { t: "exited", cell: "a~1", code: 0, signal: null, reason: 5 },
      { t: "log", cell: "a~1", stream: "stdin", line: "" },
      { t: "log", cell: "a~1", stream: "stdout" },
      { t: "state" },
      { t: "lead", epoch: "1" },
      { t: "env", name: "A" },
      { t: "drain", ms: NaN },
    ]
  ) assert.equal(parseFromWatchdog(message), undefined, JSON.stringify(message));
});

Deno.test("parseFromWatchdog clips a long line", () => {
  const parsed = parseFromWatchdog({ t: "log", cell: "a~1", stream: "stdout", line: "x".repeat(70_000) });
  assert.ok(parsed?.t === "log" && parsed.line.length === 65_536);
});

Deno.test("parseFromWatchdog never throws on any JSON", () => {
  const keys = fc.constantFrom(...new Set(VALID.flatMap(Object.keys)));
  const t = fc.constantFrom(...VALID.map((message) => message["t"]));
  fc.assert(
    fc.property(t, fc.dictionary(keys, fc.jsonValue()), (t, fields) => void parseFromWatchdog({ ...fields, t })),
    { numRuns: 2_000 },
  );
});
