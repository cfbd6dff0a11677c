import assert from "node:assert/strict";
import type { CallKey, InstanceId } from "../../../kernel/contract/names.ts";
import { type Answer, ServedCalls } from "../../../kernel/guest/shell/served_calls.ts";

const I = "1.1" as InstanceId;
const key = (n: number) => `a~1!i#${n}` as CallKey;
const answer = (bytes: number): Answer => ({ ok: true, payload: new Uint8Array(bytes) });

function run(served: ServedCalls, n: number, bytes: number, now = 0): void {
  const asked = served.ask(key(n), I, { link: 1, id: n });
  assert.ok(asked.is === "new");
  served.finish(asked.serial, answer(bytes), now);
}

Deno.test("ServedCalls keeps as many answers as its count allows and drops the oldest beyond", () => {
  const served = new ServedCalls({ count: 2, bytes: 1_000, ms: 1_000 });
  run(served, 1, 1);
  run(served, 2, 1);
  assert.deepEqual(served.held(), [key(2), key(1)]);
  run(served, 3, 1);
  assert.deepEqual(served.held(), [key(3), key(2)]);
});

Deno.test("ServedCalls keeps answers up to its bytes and drops the oldest beyond", () => {
  const served = new ServedCalls({ count: 10, bytes: 100, ms: 1_000 });
  run(served, 1, 60);
  run(served, 2, 40);
  assert.equal(served.held().length, 2);
  run(served, 3, 1);
  assert.deepEqual(served.held(), [key(3), key(2)]);
});

Deno.test("ServedCalls keeps an answer for its time and not a millisecond longer", () => {
  const served = new ServedCalls({ count: 10, bytes: 100, ms: 1_000 });
  run(served, 1, 1, 5);
  served.expire(1_004);
  assert.equal(served.knows(key(1)), true);
  served.expire(1_005);
  assert.equal(served.knows(key(1)), false);
});

Deno.test("ServedCalls counts what an instance runs and forgets links that are closed", () => {
  const served = new ServedCalls();
  const asked = served.ask(key(1), I, { link: 1, id: 1 });
  assert.ok(asked.is === "new" && served.runs(I));
  served.ask(key(1), I, { link: 2, id: 8 });
  assert.equal(served.askerOf(asked.serial)?.link, 2);
  served.forgetLink(2);
  assert.deepEqual(served.askerOf(asked.serial), { link: 1, id: 1 });
  served.forgetLink(1);
  assert.equal(served.finish(asked.serial, answer(1), 0)?.asker, undefined);
  assert.equal(served.runs(I), false);
  assert.equal(served.finish(asked.serial, answer(1), 0), undefined, "a second answer is nobody's");
});

Deno.test("ServedCalls frees the bytes of an acknowledged answer", () => {
  const served = new ServedCalls({ count: 10, bytes: 100, ms: 1_000 });
  run(served, 1, 60);
  served.acknowledged("a~1!i", [[1, 1], [7, 7]]);
  run(served, 2, 60);
  run(served, 3, 40);
  assert.equal(served.held().length, 2);
});
