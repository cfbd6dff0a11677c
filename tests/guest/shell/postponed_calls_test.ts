import assert from "node:assert/strict";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { type MadeCall, MadeCalls } from "../../../kernel/guest/shell/made_calls.ts";
import { POSTPONED_MS, PostponedCalls } from "../../../kernel/guest/shell/postponed_calls.ts";

const made = new MadeCalls();
let last = 0;
function call(): MadeCall {
  return made.add({
    ...{ instance: "1.1" as InstanceId, worker_id: ++last, api: "b", aspect: "default", name: "m", kind: "call" },
    ...{ timeout: undefined, trace: undefined, lends: undefined, parent: 1, payload: "" },
  });
}

Deno.test("PostponedCalls gives what waits for a served call, in order, once", () => {
  const postponed = new PostponedCalls();
  const [a, b, other] = [call(), call(), call()];
  postponed.add(1, a, 0);
  postponed.add(2, other, 0);
  postponed.add(1, b, 5);
  assert.deepEqual(postponed.release(1), [a, b]);
  assert.deepEqual([postponed.release(1), postponed.release(3)], [[], []]);
  assert.deepEqual(postponed.release(2), [other]);
});

Deno.test("PostponedCalls gives what has waited too long, counted from the first, and not a millisecond earlier", () => {
  const postponed = new PostponedCalls();
  const [a, b, later] = [call(), call(), call()];
  postponed.add(1, a, 100);
  postponed.add(1, b, 1_000);
  postponed.add(2, later, 1_000);
  assert.deepEqual(postponed.expire(100 + POSTPONED_MS - 1), []);
  assert.deepEqual(postponed.expire(100 + POSTPONED_MS), [a, b]);
  assert.deepEqual(postponed.expire(100 + POSTPONED_MS), []);
  assert.deepEqual(postponed.expire(1_000 + POSTPONED_MS), [later]);
});

Deno.test("PostponedCalls forgets a call that nobody wants any more, and no other", () => {
  const postponed = new PostponedCalls();
  const [a, b] = [call(), call()];
  postponed.add(1, a, 0);
  postponed.add(1, b, 0);
  postponed.forget(a);
  postponed.forget(call());
  assert.deepEqual(postponed.release(1), [b]);
});
