import assert from "node:assert/strict";
import { MOST_PROBES, parseRehearsal } from "../../kernel/proposals/parse_rehearsal.ts";

const refusal = (value: unknown): string => {
  const parsed = parseRehearsal(value);
  assert.ok(!parsed.ok, JSON.stringify(value)?.slice(0, 100));
  return parsed.fault.message;
};

Deno.test("parseRehearsal reads calls with their arguments, and recorded answers by api and method", () => {
  const parsed = parseRehearsal({
    calls: [{ method: "add", args: [1, "x"] }, { method: "roll", aspect: "tool" }],
    answers: { database: { query: [{ a: 1 }] } },
    each_ms: 500,
  });
  assert.ok(parsed.ok);
  const { calls, answers, each_ms } = parsed.value;
  assert.deepEqual(calls, [{ aspect: "default", name: "add", payload: '[1,"x"]' }, {
    aspect: "tool",
    name: "roll",
    payload: "[]",
  }]);
  assert.equal(answers.get("database")?.get("query"), '[{"a":1}]');
  assert.equal(each_ms, 500);
  assert.ok(parseRehearsal({}).ok);
});

Deno.test("parseRehearsal refuses what can't be called, what can't travel, and what takes too long together", () => {
  assert.match(refusal(7), /it is no map/);
  assert.match(refusal({ calls: [{ method: "_private" }] }), /one of 'calls' has no method/);
  assert.match(refusal({ calls: [{ method: "constructor" }] }), /one of 'calls' has no method/);
  assert.match(refusal({ calls: [{ method: "a", args: [() => 1] }] }), /arguments that can't travel/);
  assert.match(refusal({ answers: { database: [] } }), /the answers of 'database' are no map/);
  assert.match(refusal({ calls: "add" }), /'calls' is no list/);
  const calls = (count: number) => Array.from({ length: count }, () => ({ method: "a" }));
  assert.ok(parseRehearsal({ calls: calls(MOST_PROBES), each_ms: 300 }).ok);
  assert.match(refusal({ calls: calls(MOST_PROBES + 1), each_ms: 300 }), /too long/);
  const many = parseRehearsal({ calls: calls(40) });
  assert.ok(many.ok && many.value.each_ms === 500, "what is not said is what there is room for");
  assert.ok(parseRehearsal({ calls: calls(10), each_ms: 2_000 }).ok);
  assert.match(refusal({ calls: calls(10), each_ms: 2_001 }), /'each_ms' is no time, or too long/);
});
