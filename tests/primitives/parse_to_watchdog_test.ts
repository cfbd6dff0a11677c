import assert from "node:assert/strict";
import fc from "fast-check";
import type { ToWatchdog } from "../../kernel/contract/channel.ts";
import { parseToWatchdog } from "../../kernel/primitives/parse_to_watchdog.ts";

const HASH = "0a".repeat(32);
const VALID: readonly Record<string, unknown>[] = [
  { t: "start_cell", cell: "notes~1", folders: [], net: ["[::1]:80"], limits: { memory_mb: 1, heap_mb: 1 } },
  { t: "kill", cell: "notes~1", reason: "it loops" },
  { t: "name", cell: "@warm~1", base: "tasks.notes" },
  { t: "cells" },
  { t: "start_successor", meta: "meta-v2.yml", hash: HASH },
  { t: "start_successor", meta: "meta.yml", hash: HASH, upgrade: true },
  { t: "state", state: { any: [1] } },
  { t: "imported" },
  { t: "take_over" },
  { t: "leave" },
  { t: "leave", why: "it does not load" },
  { t: "leave", why: "the file has changed", again: true },
  { t: "alive" },
  { t: "stop" },
  { t: "env", name: "OPENAI_API_KEY" },
  { t: "order", kind: "train", body: { any: 1 } },
  { t: "booting", meta: "meta-v2.yml", hash: HASH },
  { t: "log_bounds", max_bytes: 1_048_576, keep: 5 },
  { t: "ready", modules: 0 },
];

Deno.test("parseToWatchdog gives every message of the channel back without unknown fields", () => {
  const all: Record<ToWatchdog["t"], true> = {
    start_cell: true,
    kill: true,
    name: true,
    cells: true,
    alive: true,
    start_successor: true,
    state: true,
    imported: true,
    take_over: true,
    leave: true,
    stop: true,
    env: true,
    order: true,
    booting: true,
    log_bounds: true,
    ready: true,
  };
  assert.deepEqual([...new Set(VALID.map(({ t }) => t))].sort(), Object.keys(all).sort());
  for (const message of VALID) assert.deepEqual(parseToWatchdog({ ...message, extra: 1 }), message);
});

Deno.test("parseToWatchdog refuses what is not in the closed set", () => {
  for (
    const message of [
      null,
      [],
      "stop",
      {},
      { t: "toString" },
      { t: "exec", argv: ["sh"] },
      { t: "kill", cell: "x", reason: "" },
      { t: "kill", cell: "x~1" },
      { t: "log_bounds", max_bytes: 65_535, keep: 5 },
      { t: "log_bounds", max_bytes: 1_073_741_825, keep: 5 },
      { t: "log_bounds", max_bytes: 1_048_576, keep: 0 },
      { t: "log_bounds", max_bytes: 1_048_576, keep: 1_001 },
      { t: "log_bounds", max_bytes: 1e6 + 0.5, keep: 5 },
      { t: "state" },
      { t: "env", name: "" },
      { t: "env", name: "A=B" },
      { t: "env", name: "1A" },
      { t: "env", name: "A".repeat(129) },
      { t: "order", kind: "", body: 1 },
      { t: "order", kind: "../x" },
      { t: "booting", meta: "../meta.yml", hash: HASH },
      { t: "booting", meta: "..", hash: HASH },
      { t: "booting", meta: "meta.yml", hash: "xyz" },
      { t: "ready", modules: -1 },
      { t: "ready" },
    ]
  ) assert.equal(parseToWatchdog(message), undefined, JSON.stringify(message));
});

Deno.test("parseToWatchdog clips a long reason", () => {
  const parsed = parseToWatchdog({ t: "kill", cell: "x~1", reason: "x".repeat(2_000) });
  assert.ok(parsed?.t === "kill" && parsed.reason.length === 1_024);
});

Deno.test("parseToWatchdog never throws on any JSON", () => {
  const keys = fc.constantFrom(...new Set(VALID.flatMap(Object.keys)));
  const t = fc.constantFrom(...VALID.map((message) => message["t"]));
  fc.assert(
    fc.property(t, fc.dictionary(keys, fc.jsonValue()), (t, fields) => void parseToWatchdog({ ...fields, t })),
    { numRuns: 2_000 },
  );
});
