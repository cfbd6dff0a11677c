import assert from "node:assert/strict";
import { RestartPolicy } from "../../kernel/lifecycle/restart_policy.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const random = { bytes: (count: number) => new Uint8Array(count), unit: () => 1 };
const policy = (max: number, window_s: number) => {
  const clock = new FakeClock();
  return { clock, policy: new RestartPolicy({ max, window_s }, clock, random) };
};

Deno.test("RestartPolicy restarts at once the first time, then with growing waits", () => {
  const { policy: p } = policy(5, 60);
  assert.deepEqual([p.next(), p.next(), p.next(), p.next()], [0, 100, 200, 400].map((after_ms) => ({ after_ms })));
});

Deno.test("RestartPolicy allows the last restart of the window and refuses the next, until the window has moved on", () => {
  const { clock, policy: p } = policy(2, 10);
  p.next();
  clock.advance(5_000);
  assert.notEqual(p.next(), "give_up");
  assert.equal(p.next(), "give_up");
  clock.advance(4_999);
  assert.equal(p.next(), "give_up");
  clock.advance(1);
  assert.notEqual(p.next(), "give_up");
  assert.deepEqual([p.count, p.recent], [3, 2]);
});

Deno.test("RestartPolicy forgives, and takes a newer bound", () => {
  const { policy: p } = policy(1, 60);
  p.next();
  assert.equal(p.next(), "give_up");
  p.adjust({ max: 2, window_s: 60 });
  assert.notEqual(p.next(), "give_up");
  p.forgive();
  assert.deepEqual([p.next(), p.recent, p.count], [{ after_ms: 0 }, 1, 3]);
});

Deno.test("RestartPolicy goes on in the next kernel where the former one was, on a clock that began elsewhere", () => {
  const { clock, policy: former } = policy(2, 10);
  clock.advance(50_000);
  former.next();
  clock.advance(4_000);
  former.next();
  clock.advance(1_000);
  const told = former.told();
  assert.deepEqual(told, { count: 2, ago_ms: [5_000, 1_000] });
  const { clock: other, policy: next } = policy(2, 10);
  next.take(told);
  assert.deepEqual([next.count, next.recent, next.next()], [2, 2, "give_up"]);
  other.advance(4_999);
  assert.equal(next.next(), "give_up");
  other.advance(1);
  assert.deepEqual([next.next(), next.count], [{ after_ms: 100 }, 3]);
});
