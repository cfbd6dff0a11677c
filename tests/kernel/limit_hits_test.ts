import assert from "node:assert/strict";
import type { HostEvent } from "../../kernel/contract/events.ts";
import { HIT_PAUSE_MS, LimitHits } from "../../kernel/limit_hits.ts";

function script() {
  const events: HostEvent[] = [];
  const clock = { time: 0, monotonic: () => clock.time, now: () => 1_000_000 + clock.time };
  return { events, clock, limits: new LimitHits((event) => void events.push(event), clock) };
}
const HIT = { limit: "timers", found: 11, allowed: 10 };

Deno.test("LimitHits tells the first hit at once, then one each ten seconds for each module and limit, with how often", () => {
  const { events, clock, limits } = script();
  for (let i = 0; i < 1_000; i++) limits.hit("a", HIT);
  limits.hit("b", HIT);
  limits.hit("a", { ...HIT, limit: "messages_per_s" });
  assert.deepEqual(events.map(({ api, detail }) => [api, detail?.["limit"]]), [["a", "timers"], ["b", "timers"], [
    "a",
    "messages_per_s",
  ]]);
  clock.time = HIT_PAUSE_MS - 1;
  limits.hit("a", HIT);
  assert.equal(events.length, 3);
  clock.time = HIT_PAUSE_MS;
  limits.hit("a", { ...HIT, about: { caller: "c" } });
  assert.deepEqual(events[3], {
    kind: "limit.hit",
    api: "a",
    message: "timers: found 11, allowed 10",
    detail: { ...HIT, caller: "c", times: 1_001 },
  });
});

Deno.test("LimitHits tells each one that ended a process, and counts all for the status", () => {
  const { events, limits } = script();
  for (let i = 0; i < 3; i++) limits.ended("a", { limit: "memory_mb", found: 200, allowed: 128 });
  limits.hit("a", HIT);
  assert.equal(events.length, 4);
  assert.deepEqual(limits.of("a"), { memory_mb: { hits: 3, last_time: 1_000 }, timers: { hits: 1, last_time: 1_000 } });
  assert.deepEqual(limits.of("b"), {});
});
