import assert from "node:assert/strict";
import { begin, newRunningMark, pause, stop } from "../../kernel/guest/running_mark.ts";

Deno.test("the mark tells which call's code runs, and which have begun", () => {
  const mark = newRunningMark();
  assert.ok(begin(mark, 1));
  pause(mark);
  assert.ok(begin(mark, 2));
  const last = stop(mark);
  assert.deepEqual([1, 2, 3].map((serial) => last.isRunning(serial)), [false, true, false]);
  assert.deepEqual([1, 2, 3].map((serial) => last.hasNotBegun(serial)), [false, false, true]);
});

Deno.test("between calls no call runs, and nothing begins once it was stopped", () => {
  const mark = newRunningMark();
  assert.ok(begin(mark, 1));
  pause(mark);
  const last = stop(mark);
  assert.deepEqual([last.isRunning(1), last.isRunning(0), last.hasNotBegun(2)], [false, false, true]);
  assert.equal(begin(mark, 2), false);
});

Deno.test("before the first call none has begun", () => {
  assert.equal(stop(newRunningMark()).hasNotBegun(1), true);
});

Deno.test("the mark goes on counting past the size of its memory", () => {
  const mark = newRunningMark();
  const serial = 2 ** 32 + 5;
  assert.ok(begin(mark, serial));
  const last = stop(mark);
  assert.deepEqual([last.isRunning(serial), last.hasNotBegun(serial), last.hasNotBegun(serial + 1)], [
    true,
    false,
    true,
  ]);
});
