import assert from "node:assert/strict";
import type { CallsHandedOver } from "../../kernel/broker/mod.ts";
import { retire, RETIRE_MS } from "../../kernel/handover/retire.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const LATECOMERS_MS = 100;
const FLUSH_MS = 250;

/** A kernel that another one follows; its story tells what it did, and when. */
class Former {
  readonly clock = new FakeClock();
  readonly story: string[] = [];
  readonly stop = new AbortController();
  readonly closing = Promise.withResolvers<void>();
  busy = true;
  all_left = true;
  idle = true;

  retires(): this {
    const tell = (what: string) => void this.story.push(`${this.clock.monotonic()} ${what}`);
    // deno-lint-ignore no-this-alias
    const former = this;
    void retire({
      clock: this.clock,
      calls: {
        get busy() {
          return former.busy;
        },
        retire: () => tell("calls retire"),
        endAll: () => tell("calls end"),
      } as unknown as CallsHandedOver,
      cells: {
        get all_left() {
          return former.all_left;
        },
        get idle() {
          return former.idle;
        },
        retire: () => tell("cells retire"),
      },
      watchdog: { send: ({ t }) => tell(t) },
      endWork: () => tell("work ends"),
      closeDoors: (ms) => {
        tell(`doors close within ${ms}`);
        return this.closing.promise;
      },
      now: this.stop.signal,
    });
    return this;
  }
  /** The story goes on in steps small enough for whatever is looked at in between. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 5) {
      this.clock.advance(Math.min(5, left));
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      await Promise.resolve();
    }
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
}
const BEGIN = ["0 work ends", "0 cells retire", "0 calls retire"];

Deno.test("retire ends its work and says so to cells before it hands calls back, then serves who comes late, then closes its doors", async () => {
  const former = new Former().retires();
  assert.deepEqual(former.story, BEGIN);
  await former.pass(LATECOMERS_MS - 5);
  assert.deepEqual(former.story, BEGIN);
  await former.pass(5);
  assert.deepEqual(former.story.slice(3), [`${LATECOMERS_MS} doors close within ${RETIRE_MS}`]);
});

Deno.test("retire leaves as soon as no call is left and every cell has said its last root call", async () => {
  for (const last of ["busy", "all_left"] as const) {
    const former = new Former().retires();
    former.closing.resolve();
    former.busy = last === "busy";
    former.all_left = last !== "all_left";
    await former.pass(1_000);
    assert.equal(former.story.at(-1), `100 doors close within ${RETIRE_MS}`, last);
    former[last] = last === "all_left";
    await former.pass(10);
    assert.deepEqual(former.story.slice(4).map((told) => told.split(" ").slice(1).join(" ")), ["calls end", "leave"]);
  }
});

Deno.test("retire ends calls after 5 s, not before: a cell that never fences does not keep it", async () => {
  const former = new Former().retires();
  former.closing.resolve();
  former.all_left = false;
  await former.pass(RETIRE_MS - 5);
  assert.equal(former.story.length, 4);
  await former.pass(5);
  assert.deepEqual(former.story.slice(4), [`${RETIRE_MS} calls end`, `${RETIRE_MS} leave`]);
});

Deno.test("retire lets its last words be written, 250 ms at most, and leaves before the watchdog's patience ends", async () => {
  const former = new Former().retires();
  former.closing.resolve();
  former.idle = false;
  await former.pass(RETIRE_MS + FLUSH_MS - 5);
  assert.equal(former.story.at(-1), `${RETIRE_MS} calls end`);
  await former.pass(5);
  assert.equal(former.story.at(-1), `${RETIRE_MS + FLUSH_MS} leave`);
});

Deno.test("retire waits for the operator's last answers", async () => {
  const former = new Former().retires();
  former.busy = false;
  await former.pass(1_000);
  assert.equal(former.story.at(-1), `${LATECOMERS_MS} calls end`);
  former.closing.resolve();
  await former.pass(5);
  assert.match(former.story.at(-1)!, /leave$/);
});

Deno.test("retire waits for nothing more when the host stops", async () => {
  const former = new Former().retires();
  former.closing.resolve();
  former.all_left = former.idle = false;
  await former.pass(500);
  former.stop.abort();
  await former.pass(10);
  assert.deepEqual(former.story.slice(4).map((told) => told.split(" ").slice(1).join(" ")), ["calls end", "leave"]);
});
