import assert from "node:assert/strict";
import { backOff, RESTART_BACK_OFF } from "../../kernel/primitives/back_off.ts";

Deno.test("backOff doubles from the first to the most, and stays there", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100, 5_000].map((attempt) => backOff(attempt, 1));
  assert.deepEqual(waits, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000]);
});

Deno.test("backOff waits between half and all of it", () => {
  assert.equal(backOff(3, 0), 200);
  assert.equal(backOff(3, 0.5), 300);
  assert.equal(backOff(0, 0), backOff(1, 0));
});

Deno.test("backOff follows the rule it is given", () => {
  const rule = { ...RESTART_BACK_OFF, first_ms: 10, factor: 3, most_ms: 50 };
  assert.deepEqual([1, 2, 3].map((attempt) => backOff(attempt, 1, rule)), [10, 30, 50]);
});
