import assert from "node:assert/strict";
import { judgeRestart } from "../../kernel/primitives/restart_window.ts";

const RULE = { max: 3, window_s: 10 };

Deno.test("judgeRestart makes max restarts within the window and gives up at the next", () => {
  let restarts: readonly number[] = [];
  for (const at of [0, 1_000, 2_000]) {
    const judged = judgeRestart(restarts, at, RULE);
    assert.equal(judged.verdict, "restart");
    restarts = judged.restarts;
  }
  assert.deepEqual(restarts, [0, 1_000, 2_000]);
  assert.equal(judgeRestart(restarts, 9_999, RULE).verdict, "give_up");
  assert.deepEqual(judgeRestart(restarts, 10_000, RULE), { verdict: "restart", restarts: [1_000, 2_000, 10_000] });
});

Deno.test("judgeRestart gives up at once when no restart is allowed", () => {
  assert.deepEqual(judgeRestart([], 0, { max: 0, window_s: 10 }), { verdict: "give_up", restarts: [] });
});
