import assert from "node:assert/strict";
import type { HostEvent } from "../../kernel/contract/events.ts";
import { limitReports } from "../../kernel/limit_reports.ts";

function reports() {
  const events: HostEvent[] = [];
  let now = 0;
  const report = limitReports((event) => void events.push(event), { monotonic: () => now });
  return { events, report, pass: (ms: number) => now += ms };
}
const HIT = { limit: "slow_ms", found: 900.5, allowed: 250, about: { caller: "notes", sql: "select 1" } };

Deno.test("limitReports makes an event of a module's report", () => {
  const { events, report } = reports();
  assert.deepEqual(report("database", HIT), { ok: true, value: undefined });
  assert.deepEqual(events, [{
    kind: "limit.hit",
    api: "database",
    message: "slow_ms: found 900.5, allowed 250",
    detail: { limit: "slow_ms", found: 900.5, allowed: 250, caller: "notes", sql: "select 1" },
  }]);
});

Deno.test("limitReports tells twenty a minute of each module, and how many it left out", () => {
  const { events, report, pass } = reports();
  for (let round = 0; round < 50; round++) report("database", HIT);
  report("other", HIT);
  assert.equal(events.length, 21);
  pass(60_000);
  report("database", HIT);
  report("database", HIT);
  assert.deepEqual(events.slice(21).map(({ detail }) => detail?.["left_out"]), [30, undefined]);
});

Deno.test("limitReports clips what is long, and refuses what is no report", () => {
  const { events, report } = reports();
  report("a", { ...HIT, about: { sql: "x".repeat(1_000) } });
  assert.equal(String(events[0]?.detail?.["sql"]).length, 300);
  const wrong = [
    undefined,
    "slow",
    {},
    { ...HIT, limit: "Slow ms" },
    { ...HIT, found: "1" },
    { ...HIT, found: Infinity },
    { ...HIT, allowed: -1 },
    { ...HIT, about: [] },
    { ...HIT, about: { sql: 1 } },
    { ...HIT, about: { "": "x" } },
    { ...HIT, about: { a: "", b: "", c: "", d: "", e: "" } },
  ];
  for (const hit of wrong) {
    const result = report("a", hit);
    assert.equal(!result.ok && result.fault.code, "invalid_argument", JSON.stringify(hit));
  }
  assert.equal(events.length, 1);
});
