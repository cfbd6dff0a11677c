import assert from "node:assert/strict";
import { DAY_MS, logBounds, staleLogs } from "../../kernel/events/mod.ts";

const NOW = 1_700_000_000_000;
const HOST = { before: "host.", after: ".jsonl" };
const meta = (more: Partial<Parameters<typeof logBounds>[0]>) => ({
  log_max_mb: 10,
  log_keep: 5,
  log_keep_days: 0,
  ...more,
});
const aged = (name: string, days: number) => ({ name, mtime_ms: NOW - days * DAY_MS });

Deno.test("staleLogs names files beyond the number that is kept", () => {
  const files = [1, 2, 3, 4].map((n) => aged(`host.${n}.jsonl`, 1_000));
  assert.deepEqual(staleLogs(files, HOST, meta({ log_keep: 2 }), NOW), ["host.3.jsonl", "host.4.jsonl"]);
  assert.deepEqual(staleLogs(files, HOST, meta({ log_keep: 4 }), NOW), []);
});

Deno.test("staleLogs names files whose last line is older than the days, and never the one that is written", () => {
  const files = [aged("host.jsonl", 99), aged("host.1.jsonl", 6.9), aged("host.2.jsonl", 7), aged("host.3.jsonl", 7.1)];
  assert.deepEqual(staleLogs(files, HOST, meta({ log_keep_days: 7 }), NOW), ["host.3.jsonl"]);
});

Deno.test("staleLogs leaves alone what only looks like a log put aside", () => {
  const names = [
    "host.a.jsonl",
    "host.01.jsonl",
    "host..jsonl",
    "host.1.jsonl.gz",
    "myhost.9.jsonl",
    "host.-1.jsonl",
    "events.9.jsonl",
  ];
  assert.deepEqual(
    staleLogs(names.map((name) => aged(name, 99)), HOST, meta({ log_keep: 1, log_keep_days: 1 }), NOW),
    [],
  );
  const watchdog = ["watchdog.log", "watchdog.log.1", "watchdog.log.7", "watchdog.log.7.gz"].map((name) =>
    aged(name, 0)
  );
  assert.deepEqual(staleLogs(watchdog, { before: "watchdog.log.", after: "" }, meta({}), NOW), ["watchdog.log.7"]);
});

Deno.test("logBounds lets the files that are kept span the days that are wanted", () => {
  assert.deepEqual(logBounds(meta({})), { max_bytes: 10_485_760, keep: 5, max_age_ms: Infinity });
  assert.deepEqual(logBounds(meta({ log_max_mb: 1, log_keep: 10, log_keep_days: 30 })), {
    ...{ max_bytes: 1_048_576, keep: 10, max_age_ms: 3 * DAY_MS },
  });
});
