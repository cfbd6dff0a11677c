import assert from "node:assert/strict";
import type { EventKind, LoggedEvent } from "../../kernel/contract/events.ts";
import { type EventBatch, EVENTS_WAIT_MS, MOST_EVENTS, nextEvents } from "../../kernel/next_events.ts";
import { recordId } from "../../kernel/primitives/record_id.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

/** A log that remembers all. */
class Feed {
  readonly #items: LoggedEvent[] = [];
  readonly #followers = new Set<(item: LoggedEvent) => void>();
  get mark(): string {
    return recordId({ epoch: 3, count: this.#items.length });
  }
  get followers(): number {
    return this.#followers.size;
  }
  recent = () => this.#items;
  follow = (follower: (item: LoggedEvent) => void) => {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  };
  push(kind: EventKind, api = "a"): void {
    const item = {
      time: "2026-03-02T10:00:00.000Z",
      kind,
      api,
      id: recordId({ epoch: 3, count: this.#items.length + 1 }),
    };
    this.#items.push(item);
    for (const follower of this.#followers) follower(item);
  }
}
async function batch(feed: Feed, clock: FakeClock, asked: unknown): Promise<EventBatch> {
  const found = await nextEvents(asked, feed, clock);
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}
const kinds = ["module.ready"];

Deno.test("nextEvents begins at now, then gives what came after the mark, of the wanted kinds, each once", async () => {
  const [feed, clock] = [new Feed(), new FakeClock()];
  feed.push("module.ready", "before");
  const { events, mark } = await batch(feed, clock, { kinds });
  assert.deepEqual(events, []);
  feed.push("module.ready", "one");
  feed.push("limit.hit", "other");
  feed.push("module.ready", "two");
  const first = await batch(feed, clock, { kinds, after: mark });
  assert.deepEqual(first.events.map(({ api }) => api), ["one", "two"]);
  const waiting = batch(feed, clock, { kinds, after: first.mark });
  feed.push("limit.hit");
  feed.push("module.ready", "three");
  assert.deepEqual((await waiting).events.map(({ api }) => api), ["three"]);
  assert.equal(feed.followers, 0);
});

Deno.test("nextEvents waits for so long and gives nothing then, and a mark that goes on", async () => {
  const [feed, clock] = [new Feed(), new FakeClock()];
  const { mark } = await batch(feed, clock, { kinds });
  let ended = false;
  const waiting = batch(feed, clock, { kinds, after: mark }).then((found) => (ended = true, found));
  feed.push("limit.hit");
  clock.advance(EVENTS_WAIT_MS - 1);
  await Promise.resolve();
  assert.equal(ended, false);
  clock.advance(1);
  assert.deepEqual(await waiting, { events: [], mark: feed.mark });
  assert.equal(feed.followers, 0);
});

Deno.test("a batch has so many events; the next one goes on behind them", async () => {
  const [feed, clock] = [new Feed(), new FakeClock()];
  const { mark } = await batch(feed, clock, { kinds });
  for (let i = 0; i <= MOST_EVENTS; i++) feed.push("module.ready", `m${i}`);
  const first = await batch(feed, clock, { kinds, after: mark });
  assert.equal(first.events.length, MOST_EVENTS);
  const second = await batch(feed, clock, { kinds, after: first.mark });
  assert.deepEqual(second.events.map(({ api }) => api), [`m${MOST_EVENTS}`]);
});

Deno.test("nextEvents without kinds gives all of them", async () => {
  const [feed, clock] = [new Feed(), new FakeClock()];
  const { mark } = await batch(feed, clock, { kinds: [] });
  feed.push("limit.hit");
  feed.push("module.ready");
  assert.deepEqual((await batch(feed, clock, { kinds: [], after: mark })).events.map(({ kind }) => kind), [
    ...["limit.hit", "module.ready"],
  ]);
});

Deno.test("nextEvents refuses kinds that there are not, with those that there are", async () => {
  for (
    const asked of [undefined, {}, { kinds: "module.ready" }, { kinds: ["module.born"] }, { kinds: [7] }]
  ) {
    const found = await nextEvents(asked, new Feed(), new FakeClock());
    assert.ok(!found.ok && found.fault.code === "invalid_argument", JSON.stringify(asked));
    assert.match(found.fault.hint, /there are config\.changed, config\.rejected/);
  }
  const found = await nextEvents({ kinds, after: "yesterday" }, new Feed(), new FakeClock());
  assert.ok(!found.ok);
});
