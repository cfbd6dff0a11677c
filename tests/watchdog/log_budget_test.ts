import assert from "node:assert/strict";
import { logBudget } from "../../kernel/watchdog/log_budget.ts";

Deno.test("logBudget lets the last line of a second's share pass and drops the next", () => {
  const budget = logBudget({ lines: 3, bytes: 1_000 });
  const passed = [0, 1, 2, 999].map((now) => budget.spend(1, now).pass);
  assert.deepEqual(passed, [true, true, true, false]);
});

Deno.test("logBudget lets the last byte of a second's share pass and drops the next", () => {
  const budget = logBudget({ lines: 100, bytes: 10 });
  assert.deepEqual([budget.spend(4, 0).pass, budget.spend(6, 0).pass, budget.spend(1, 0).pass], [true, true, false]);
});

Deno.test("logBudget tells once, with the next second, how many were dropped", () => {
  const budget = logBudget({ lines: 1, bytes: 1_000 });
  for (let times = 0; times < 5; times++) assert.equal(budget.spend(1, 10).dropped, 0);
  assert.deepEqual(budget.spend(1, 1_010), { pass: true, dropped: 4 });
  assert.deepEqual(budget.spend(1, 2_010), { pass: true, dropped: 0 });
});

Deno.test("logBudget gives the rest at the end", () => {
  const budget = logBudget({ lines: 1, bytes: 1_000 });
  for (let times = 0; times < 3; times++) budget.spend(1, 0);
  assert.deepEqual([budget.rest(), budget.rest()], [2, 0]);
});
