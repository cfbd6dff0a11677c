import assert from "node:assert/strict";
import { KernelBug } from "../../kernel/primitives/invariant.ts";
import { RingLog } from "../../kernel/primitives/ring_log.ts";

Deno.test("RingLog keeps the last so many items, oldest first", () => {
  const ring = new RingLog<number>(3);
  assert.deepEqual(ring.items(), []);
  for (let i = 1; i <= 8; i++) {
    ring.push(i);
    assert.deepEqual(ring.items(), [i - 2, i - 1, i].filter((item) => item > 0));
  }
  assert.equal(ring.size, 3);
});

Deno.test("RingLog gives as many of the latest as asked for", () => {
  const ring = new RingLog<number>(3);
  for (let i = 1; i <= 5; i++) ring.push(i);
  assert.deepEqual([0, 1, 2, 3, 9].map((last) => ring.items(last)), [[], [5], [4, 5], [3, 4, 5], [3, 4, 5]]);
});

Deno.test("RingLog gives a copy", () => {
  const ring = new RingLog<number>(3);
  ring.push(1);
  ring.items().push(2);
  assert.deepEqual(ring.items(), [1]);
});

Deno.test("RingLog without room is a bug", () => {
  for (const room of [0, -1, 1.5, NaN]) assert.throws(() => new RingLog(room), KernelBug);
});
