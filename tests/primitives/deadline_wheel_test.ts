import assert from "node:assert/strict";
import fc from "fast-check";
import { BUCKET_MS, DeadlineWheel } from "../../kernel/primitives/deadline_wheel.ts";
import { KernelBug } from "../../kernel/primitives/invariant.ts";
import { FakeClock } from "./fake_clock.ts";

function wheel() {
  const clock = new FakeClock();
  const fired: { item: string; at: number }[] = [];
  return {
    clock,
    fired,
    wheel: new DeadlineWheel<string>(clock, (item) => fired.push({ item, at: clock.monotonic() })),
  };
}

Deno.test("DeadlineWheel fires at the deadline or less than a bucket after it, never before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4_000).map((eighths) => eighths / 8), { maxLength: 40 }),
      fc.array(fc.nat(100)),
      (times, removed) => {
        const { clock, fired, wheel: deadlines } = wheel();
        for (const [i, at] of times.entries()) deadlines.add(`${i}`, at);
        const gone = new Set(removed.filter((i) => i < times.length).map(String));
        for (const item of gone) assert.equal(deadlines.remove(item), true);
        clock.advance(600);
        assert.equal(fired.length, times.length - gone.size);
        for (const { item, at } of fired) {
          const due = times[Number(item)]!;
          assert.ok(
            !gone.has(item) && at >= due && at < due + BUCKET_MS,
            `${item} due at ${due} fired at ${at}`,
          );
        }
        assert.deepEqual(fired.map(({ at }) => at), fired.map(({ at }) => at).sort((a, b) => a - b));
        assert.equal(deadlines.size, 0);
        assert.equal(clock.pending, 0);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("DeadlineWheel fires a deadline that has passed with the next turn, not at once", () => {
  const { clock, fired, wheel: deadlines } = wheel();
  clock.advance(100);
  deadlines.add("late", 5);
  assert.equal(fired.length, 0);
  clock.advance(0);
  assert.deepEqual(fired, [{ item: "late", at: 100 }]);
});

Deno.test("DeadlineWheel keeps one timer, and sets none for later deadlines or for removed ones", () => {
  const { clock, wheel: deadlines } = wheel();
  deadlines.add("first", 1_000);
  for (let i = 0; i < 1_000; i++) {
    deadlines.add(`${i}`, 1_000 + 30 * i);
    deadlines.remove(`${i}`);
  }
  assert.equal(clock.pending, 1);
  assert.equal(clock.set, 1);
  deadlines.add("last", 40_000);
  clock.advance(1_000);
  assert.equal(clock.pending, 1);
  assert.equal(clock.set, 2);
  deadlines.add("earlier", 1_500);
  assert.equal(clock.pending, 1);
  assert.equal(clock.set, 3);
});

Deno.test("DeadlineWheel has no timer when it has been cleared or its last timer has run out", () => {
  const { clock, fired, wheel: deadlines } = wheel();
  deadlines.add("a", 50);
  deadlines.clear();
  assert.equal(clock.pending, 0);
  deadlines.add("b", 50);
  assert.equal(deadlines.remove("b"), true);
  assert.equal(deadlines.remove("b"), false);
  clock.advance(50);
  assert.equal(clock.pending, 0);
  assert.deepEqual(fired, []);
});

Deno.test("DeadlineWheel keeps the newest deadline of an item", () => {
  const { clock, fired, wheel: deadlines } = wheel();
  deadlines.add("a", 10);
  deadlines.add("a", 50);
  deadlines.add("b", 50);
  deadlines.add("b", 10);
  assert.equal(deadlines.size, 2);
  clock.advance(10);
  assert.deepEqual(fired.map(({ item }) => item), ["b"]);
  clock.advance(100);
  assert.deepEqual(fired.map(({ item }) => item), ["b", "a"]);
});

Deno.test("DeadlineWheel lets an expiry add and remove", () => {
  const clock = new FakeClock();
  const fired: string[] = [];
  const deadlines: DeadlineWheel<string> = new DeadlineWheel(clock, (item) => {
    fired.push(item);
    if (item === "a") {
      assert.equal(deadlines.remove("b"), true);
      deadlines.add("c", 0);
      deadlines.add("d", 100);
    }
    if (item === "c" && fired.length < 50) deadlines.add("c", 0);
  });
  deadlines.add("a", 10);
  deadlines.add("b", 10);
  clock.advance(10);
  assert.equal(fired.filter((item) => item === "c").length, 49);
  assert.ok(!fired.includes("b"));
  clock.advance(90);
  assert.equal(fired.at(-1), "d");
  assert.equal(deadlines.size, 0);
});

Deno.test("DeadlineWheel fires the others when one expiry throws", () => {
  const clock = new FakeClock();
  const fired: number[] = [];
  const deadlines = new DeadlineWheel<number>(clock, (item) => {
    fired.push(item);
    if (item < 2) throw new Error(`item ${item}`);
  });
  for (let item = 0; item < 4; item++) deadlines.add(item, item < 3 ? 10 : 30);
  assert.throws(() => clock.advance(10), /item 0/);
  assert.deepEqual(fired, [0, 1, 2]);
  clock.advance(20);
  assert.deepEqual(fired, [0, 1, 2, 3]);
});

Deno.test("DeadlineWheel waits for a deadline that no timer can reach at once", () => {
  const { clock, fired, wheel: deadlines } = wheel();
  deadlines.add("far", 3_000_000_000);
  clock.advance(2_999_999_000);
  assert.equal(fired.length, 0);
  clock.advance(1_000);
  assert.equal(fired.length, 1);
});

Deno.test("DeadlineWheel calls a deadline that is no time a bug", () => {
  assert.throws(() => wheel().wheel.add("x", NaN), KernelBug);
  assert.throws(() => wheel().wheel.add("x", Infinity), KernelBug);
});
