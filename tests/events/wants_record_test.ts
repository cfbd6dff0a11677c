import assert from "node:assert/strict";
import type { LogRecord } from "../../kernel/contract/control.ts";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import { wantsEvent, wantsRecord } from "../../kernel/events/mod.ts";

const RECORD: LogRecord = { time: "2026-01-31T12:00:00.000Z", level: "WARNING", api: "notes", message: "Disk is full" };
const EVENT: LoggedEvent = {
  time: "2026-01-31T12:00:00.000Z",
  kind: "limit.hit",
  api: "notes",
  message: "too much memory",
  detail: { limit: "memory_mb", found: 200 },
};

Deno.test("wantsRecord takes a level and those above it, one api, a time and what is after, a text in any capitals", () => {
  const takes = (params: Parameters<typeof wantsRecord>[0]) => wantsRecord(params)(RECORD);
  assert.deepEqual((["DEBUG", "WARNING", "ERROR"] as const).map((level) => takes({ level })), [true, true, false]);
  assert.deepEqual(["notes", "other"].map((api) => takes({ api })), [true, false]);
  assert.deepEqual(
    ["2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00.001Z"].map((since) => takes({ since })),
    [true, false],
  );
  assert.deepEqual(["disk IS", "disk.*full", "notes"].map((grep) => takes({ grep })), [true, false, false]);
  assert.equal(takes({}), true);
});

Deno.test("wantsEvent looks for the text in all of an event", () => {
  const takes = (params: Parameters<typeof wantsEvent>[0]) => wantsEvent(params)(EVENT);
  const found = ["limit.hit", "NOTES", "too much", '"found":200', "2026"].map((grep) => takes({ grep }));
  assert.deepEqual(found, [true, true, true, true, false]);
  assert.deepEqual([takes({ api: "notes" }), takes({ api: "x" }), takes({ since: "2027" })], [true, false, false]);
  assert.equal(wantsEvent({ grep: "x" })({ time: "", kind: "kernel.ready" }), false);
});
