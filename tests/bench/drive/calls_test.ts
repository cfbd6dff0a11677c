import assert from "node:assert/strict";
import { count, quantile, timeBlocks, timeEach, warmUp } from "../../../bench/drive/calls.ts";

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("count keeps so many calls under way and no more", async () => {
  let now = 0;
  let most = 0;
  const { calls, faults } = await count(
    async () => {
      most = Math.max(most, ++now);
      await soon();
      now--;
    },
    7,
    50,
  );
  assert.equal(most, 7);
  assert.equal(faults, 0);
  assert.ok(calls >= 7);
});

Deno.test("count tells failed calls apart and goes on", async () => {
  const { calls, faults } = await count(
    async (n) => {
      await soon();
      if (n % 2 === 1) throw new Error("no");
    },
    2,
    40,
  );
  assert.ok(calls > 1 && faults > 1, `${calls} calls, ${faults} faults`);
});

Deno.test("timeEach and timeBlocks tell microseconds of one call, sorted", async () => {
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  for (const times of [await timeEach(slow, 60), await timeBlocks(slow, 60, 3)]) {
    assert.ok(times.length > 1);
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
    assert.ok(times[0]! > 3_000 && times[0]! < 100_000, `${times[0]} µs for a call of 5 ms`);
  }
});

Deno.test("warmUp makes at least the calls it was asked for", async () => {
  let made = 0;
  await warmUp(() => Promise.resolve(made++), 2_000);
  assert.ok(made >= 2_000);
});

Deno.test("quantile takes the value below which the part lies, also at both ends", () => {
  const sorted = Array.from({ length: 100 }, (_, n) => n);
  assert.deepEqual([0, 0.5, 0.95, 1].map((part) => quantile(sorted, part)), [0, 50, 95, 99]);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
