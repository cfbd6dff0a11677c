import assert from "node:assert/strict";
import { Places } from "../../../plugins/openai/places.ts";
import { faultOf } from "../scripted_kernel.ts";

const bounds = (signal = new AbortController().signal) => ({ signal });

Deno.test("Places lets in as many as it says, and the others in their order", async () => {
  const places = new Places({ concurrency: 2, queue: 2 });
  const order: string[] = [];
  const first = await places.take(bounds());
  await places.take(bounds());
  const third = places.take(bounds()).then((back) => (order.push("third"), back));
  const fourth = places.take(bounds()).then((back) => (order.push("fourth"), back));
  assert.deepEqual([places.taken, places.waiting], [2, 2]);
  first();
  first(); // counts once
  (await third)();
  await fourth;
  assert.deepEqual([order, places.taken, places.waiting], [["third", "fourth"], 2, 0]);
});

Deno.test("Places refuses whoever finds the queue full, and takes one fewer", async () => {
  const places = new Places({ concurrency: 1, queue: 1 });
  await places.take(bounds());
  void places.take(bounds());
  const { code, message, retriable } = await faultOf(() => places.take(bounds()));
  assert.deepEqual([code, message, retriable], [
    "rate_limited",
    "1 requests to the model are under way, and 1 wait",
    true,
  ]);
});

Deno.test("Places lets go of who waits no longer, and passes the place on to the next", async () => {
  const places = new Places({ concurrency: 1, queue: 2 });
  const back = await places.take(bounds());
  const gone = new AbortController();
  const waiting = places.take(bounds(gone.signal));
  const next = places.take(bounds());
  gone.abort(new Error("late"));
  await assert.rejects(waiting, /late/);
  back();
  (await next)();
  assert.deepEqual([places.taken, places.waiting], [0, 0]);
  await assert.rejects(places.take(bounds(gone.signal)), /late/);
});
