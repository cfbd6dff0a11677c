import assert from "node:assert/strict";
import fc from "fast-check";
import { Deadlines, TURN_MS } from "../../kernel/primitives/deadlines.ts";
import { KernelBug } from "../../kernel/primitives/invariant.ts";
import { FakeClock } from "./fake_clock.ts";

/** Things with a name, kept in a map as a ledger keeps calls. */
class Things {
  readonly clock = new FakeClock();
  readonly fired: { item: string; at: number }[] = [];
  readonly kept = new Map<string, { readonly item: string; deadline: number }>();
  readonly deadlines = new Deadlines(this.clock, () => this.kept.values(), (thing) => {
    this.fired.push({ item: thing.item, at: this.clock.monotonic() });
    this.end(thing.item);
    this.expired(thing.item);
  });
  expired: (item: string) => void = () => {};

  add(item: string, deadline: number): void {
    const kept = this.kept.get(item);
    if (kept === undefined) this.kept.set(item, { item, deadline });
    else kept.deadline = deadline;
    this.deadlines.note(deadline);
  }
  end(item: string): void {
    const kept = this.kept.get(item);
    if (kept !== undefined) kept.deadline = Infinity;
    this.kept.delete(item);
  }
}

Deno.test("Deadlines fire at their time or less than a turn after it, never before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4_000).map((eighths) => eighths / 8), { maxLength: 40 }),
      fc.array(fc.nat(100)),
      (times, ended) => {
        const things = new Things();
        for (const [i, at] of times.entries()) things.add(`${i}`, at);
        const gone = new Set(ended.filter((i) => i < times.length).map(String));
        for (const item of gone) things.end(item);
        things.clock.advance(600);
        assert.equal(things.fired.length, times.length - gone.size);
        for (const { item, at } of things.fired) {
          const due = times[Number(item)]!;
          assert.ok(!gone.has(item) && at >= due && at < due + TURN_MS, `${item} due at ${due} fired at ${at}`);
        }
        assert.equal(things.clock.pending, 0);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("Deadlines fire one that has passed with the next turn, not at once", () => {
  const things = new Things();
  things.clock.advance(100);
  things.add("late", 5);
  assert.equal(things.fired.length, 0);
  things.clock.advance(0);
  assert.deepEqual(things.fired, [{ item: "late", at: 100 }]);
});

Deno.test("Deadlines keep one timer, and set none for later ones or for things that end", () => {
  const things = new Things();
  const { clock } = things;
  things.add("first", 1_000);
  for (let i = 0; i < 1_000; i++) {
    things.add(`${i}`, 1_000 + 30 * i);
    things.end(`${i}`);
  }
  assert.equal(clock.pending, 1);
  assert.equal(clock.set, 1);
  things.add("last", 40_000);
  clock.advance(1_000);
  assert.equal(clock.pending, 1);
  assert.equal(clock.set, 2);
  things.add("earlier", 1_500);
  assert.equal(clock.pending, 1);
  assert.equal(clock.set, 3);
});

Deno.test("Deadlines have no timer when they have been cleared or when all has ended by its last turn", () => {
  const things = new Things();
  things.add("a", 50);
  things.end("a");
  things.deadlines.clear();
  assert.equal(things.clock.pending, 0);
  things.add("b", 50);
  things.end("b");
  things.clock.advance(50);
  assert.equal(things.clock.pending, 0);
  assert.deepEqual(things.fired, []);
});

Deno.test("Deadlines go by the one that a thing has now, and leave alone what has none", () => {
  const things = new Things();
  things.add("a", 10);
  things.add("a", 50);
  things.add("b", 50);
  things.add("b", 10);
  things.add("c", 10);
  things.kept.get("c")!.deadline = Infinity;
  things.clock.advance(10);
  assert.deepEqual(things.fired.map(({ item }) => item), ["b"]);
  things.clock.advance(100);
  assert.deepEqual(things.fired.map(({ item }) => item), ["b", "a"]);
});

Deno.test("Deadlines let an expiry note and end", () => {
  const things = new Things();
  things.expired = (item) => {
    if (item === "a") {
      things.end("b");
      things.add("c", 0);
      things.add("d", 100);
    }
    if (item === "c" && things.fired.length < 50) things.add("c", 0);
  };
  things.add("a", 10);
  things.add("b", 10);
  things.clock.advance(10);
  assert.equal(things.fired.filter(({ item }) => item === "c").length, 49);
  assert.ok(!things.fired.some(({ item }) => item === "b"));
  things.clock.advance(90);
  assert.equal(things.fired.at(-1)!.item, "d");
  assert.equal(things.kept.size, 0);
});

Deno.test("Deadlines fire the others when one expiry throws", () => {
  const things = new Things();
  things.expired = (item) => {
    if (Number(item) < 2) throw new Error(`item ${item}`);
  };
  for (let item = 0; item < 4; item++) things.add(`${item}`, item < 3 ? 10 : 30);
  assert.throws(() => things.clock.advance(10), /item 0/);
  assert.deepEqual(things.fired.map(({ item }) => item), ["0", "1", "2"]);
  things.clock.advance(20);
  assert.deepEqual(things.fired.map(({ item }) => item), ["0", "1", "2", "3"]);
});

Deno.test("Deadlines wait for one that no timer can reach at once", () => {
  const things = new Things();
  things.add("far", 3_000_000_000);
  things.clock.advance(2_999_999_000);
  assert.equal(things.fired.length, 0);
  things.clock.advance(1_000);
  assert.equal(things.fired.length, 1);
});

Deno.test("Deadlines call one that is no time a bug", () => {
  assert.throws(() => new Things().add("x", NaN), KernelBug);
  assert.throws(() => new Things().add("x", Infinity), KernelBug);
});
