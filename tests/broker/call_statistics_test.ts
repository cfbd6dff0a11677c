import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import { CallStatistics } from "../../kernel/broker/call_statistics.ts";

const call = (api: string) => ({ api: api as ApiName, aspect: "default", name: "do", to: undefined });

Deno.test("CallStatistics counts calls, faults and times of each api by itself, and forgets one alone", () => {
  const statistics = new CallStatistics();
  statistics.record(call("a"), 1, true);
  statistics.record(call("a"), 1, false);
  statistics.record(call("b"), 1, true);
  assert.deepEqual([statistics.of("a").calls, statistics.of("a").faults, statistics.of("b").faults], [2, 1, 0]);
  statistics.forget("a");
  assert.deepEqual(statistics.of("a"), { calls: 0, faults: 0, p50_ms: null, p99_ms: null });
  assert.equal(statistics.of("b").calls, 1);
});

Deno.test("CallStatistics goes on in the next kernel with what it is told as plain data", () => {
  const former = new CallStatistics();
  for (let i = 0; i < 99; i++) former.record(call("a"), 1, true);
  former.record(call("a"), 2_000, false);
  const next = new CallStatistics();
  next.take(JSON.parse(JSON.stringify(former.told())));
  assert.deepEqual(next.of("a"), former.of("a"));
  next.record(call("a"), 1, true);
  assert.deepEqual([next.of("a").calls, former.of("a").calls], [101, 100]);
});
