import assert from "node:assert/strict";
import { fault } from "../../../kernel/contract/fault.ts";
import { STREAM } from "../../../kernel/guest/worker/stream_bounds.ts";
import { StreamConsumer, StreamReader } from "../../../kernel/guest/worker/stream_consumer.ts";
import { payloadOf } from "./start_worker.ts";

/** A consumer, its reader, and what it said. */
function consuming() {
  const pulls: [upto: number, bytes: number][] = [];
  let stops = 0;
  const consumer = new StreamConsumer({ pull: (upto, bytes) => pulls.push([upto, bytes]), stop: () => stops++ });
  const tell = (...items: unknown[]) => consumer.items(payloadOf(items), items.length);
  return { consumer, reader: new StreamReader(consumer), pulls, tell, stops: () => stops };
}
const all = (count: number, reader: StreamReader) =>
  Promise.all(Array.from({ length: count }, () => reader.next().then(({ value, done }) => done ? "done" : value)));
const why = fault("module_error", "out of rows", { name: "RangeError" });

Deno.test("StreamConsumer asks for nothing before it is read, and then for a whole window", async () => {
  const { reader, pulls, tell } = consuming();
  assert.deepEqual(pulls, []);
  const first = reader.next();
  assert.deepEqual(pulls, [[STREAM.items, STREAM.bytes]]);
  tell("a");
  assert.deepEqual(await first, { done: false, value: "a" });
  assert.equal(pulls.length, 1);
});

Deno.test("StreamConsumer gives items in order, those that wait first, and then its end for ever", async () => {
  const { consumer, reader, tell } = consuming();
  const early = all(2, reader);
  tell(1, 2, 3);
  tell(Uint8Array.of(4), { n: 5n });
  consumer.end(undefined);
  assert.deepEqual(await early, [1, 2]);
  assert.deepEqual(await all(5, reader), [3, Uint8Array.of(4), { n: 5n }, "done", "done"]);
});

Deno.test("StreamConsumer grants the next window when half of the items are taken, not one before", async () => {
  const { reader, pulls, tell } = consuming();
  const half = STREAM.items / 2;
  const first = reader.next();
  for (let at = 0; at < half; at += 128) tell(...Array.from({ length: 128 }, (_, n) => at + n));
  await first;
  await all(half - 2, reader);
  assert.equal(pulls.length, 1);
  await reader.next();
  assert.deepEqual(pulls.slice(1), [[half + STREAM.items, pulls[1]![1]]]);
});

Deno.test("StreamConsumer grants the next window when half of the bytes are read, a batch with its last item", async () => {
  const { reader, pulls, tell } = consuming();
  const first = reader.next();
  const half = "x".repeat(STREAM.bytes / 4);
  tell(half, half);
  await first;
  assert.equal(pulls.length, 1, "one of two is read");
  await reader.next();
  const length = payloadOf([half, half]).length;
  assert.deepEqual(pulls.slice(1), [[2 + STREAM.items, length + STREAM.bytes]]);
});

Deno.test("StreamConsumer grants nothing for what is not read, however much comes", () => {
  const { reader, pulls, tell } = consuming();
  void reader.next();
  for (let n = 0; n < 10; n++) tell(...Array(100).fill(n));
  assert.equal(pulls.length, 1);
});

Deno.test("StreamConsumer throws the producer's fault behind the items before it, once; then it is done", async () => {
  const { consumer, reader, tell } = consuming();
  tell(1);
  consumer.end(why);
  tell(2);
  assert.deepEqual(await reader.next(), { done: false, value: 1 });
  await assert.rejects(reader.next(), { name: "RangeError", message: "out of rows", code: "module_error" });
  assert.deepEqual(await reader.next(), { done: true, value: undefined });
});

Deno.test("StreamConsumer tells the first who waits of the fault, and the others that it is done", async () => {
  const { consumer, reader } = consuming();
  const waiting = Promise.allSettled([reader.next(), reader.next(), reader.next()]);
  consumer.end(why);
  consumer.end(undefined);
  const [first, ...rest] = await waiting;
  assert.equal(first!.status === "rejected" && first.reason.message, "out of rows");
  assert.deepEqual(rest.map((one) => one.status === "fulfilled" && one.value.done), [true, true]);
});

Deno.test("StreamConsumer throws an abort's reason as it is, before what has come and is not read", async () => {
  const { consumer, reader, tell } = consuming();
  const reason = { any: "thing" };
  tell(1, 2);
  consumer.end(fault("cancelled", "given up"), reason);
  await assert.rejects(reader.next(), (error) => error === reason);
  assert.equal((await reader.next()).done, true);
});

Deno.test("a reader that is left half-way stops the producer, once, and is done", async () => {
  for (const leave of ["return", "throw", "dispose", "break"] as const) {
    const { reader, tell, stops } = consuming();
    tell(1, 2, 3);
    assert.equal((await reader.next()).value, 1);
    if (leave === "return") assert.deepEqual(await reader.return("x"), { done: true, value: "x" });
    if (leave === "throw") await assert.rejects(reader.throw(new Error("mine")), /mine/);
    if (leave === "dispose") await reader[Symbol.asyncDispose]();
    if (leave === "break") { for await (const _ of reader) break; }
    await reader.return();
    assert.equal(stops(), 1, leave);
    tell(4);
    assert.equal((await reader.next()).done, true, leave);
  }
});

Deno.test("a reader that is left after the end stops nobody", async () => {
  const { consumer, reader, tell, stops } = consuming();
  tell(1);
  consumer.end(undefined);
  await reader.return();
  assert.equal(stops(), 0);
  assert.equal((await reader.next()).done, true);
});

Deno.test("those who wait are told that it is done when somebody else leaves", async () => {
  const { reader } = consuming();
  const waiting = reader.next();
  await reader.return();
  assert.equal((await waiting).done, true);
});

Deno.test("StreamConsumer stops a producer whose words are no list of so many items, and says so", async () => {
  for (
    const [payload, count] of [["{", 1], ["5", 1], ["[1]", 2], ["[1,2]", 1], [Uint8Array.of(1), 1], [
      '[{"$":"f","v":0}]',
      1,
    ]] as const
  ) {
    const { consumer, reader, tell, stops } = consuming();
    tell("good");
    consumer.items(payload, count);
    assert.equal(stops(), 1, String(payload));
    assert.equal((await reader.next()).value, "good");
    await assert.rejects(reader.next(), { code: "internal", message: "a stream brought what is no list of items" });
  }
});
