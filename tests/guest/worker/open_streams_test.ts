import assert from "node:assert/strict";
import { fault } from "../../../kernel/contract/fault.ts";
import type { FromWorker, PortStreamWord } from "../../../kernel/guest/port.ts";
import { openStreams } from "../../../kernel/guest/worker/open_streams.ts";
import { STREAM } from "../../../kernel/guest/worker/stream_bounds.ts";
import { payloadOf } from "./start_worker.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function open() {
  const said: FromWorker[] = [];
  const streams = openStreams({ post: (word) => said.push(word), postNow: (word) => said.push(word) });
  return { said, streams };
}
async function* numbers(end: number) {
  for (let i = 0; i < end; i++) yield i;
}
/** Two ends of one call: what one says the other hears. */
function joined() {
  const [producer, consumer] = [open(), open()];
  const pass = async () => {
    for (let round = 0; round < 20; round++) {
      await settled();
      for (const word of producer.said.splice(0)) consumer.streams.word(word as PortStreamWord);
      for (const word of consumer.said.splice(0)) producer.streams.word(word as PortStreamWord);
    }
  };
  return { producer, consumer, pass };
}

Deno.test("streams of one call go from its producer to its consumer, each by its number, whoever made the call", async () => {
  for (const at of ["caller", "callee"] as const) {
    const { producer, consumer, pass } = joined();
    let ended = 0;
    producer.streams.of(at, 5).produce([numbers(3), numbers(2)], () => ended++);
    const readers = [0, 1].map((no) => consumer.streams.of(at, 5).consume(no, 2)!);
    const read = Promise.all(readers.map((reader) => Array.fromAsync(reader)));
    assert.deepEqual([producer.streams.count(), consumer.streams.count()], [2, 2]);
    await pass();
    assert.deepEqual(await read, [[0, 1, 2], [0, 1]]);
    assert.equal(ended, 1, "once, with the last");
    assert.deepEqual([producer.streams.count(), consumer.streams.count()], [0, 0]);
    assert.deepEqual([producer.streams.has(at, 5), consumer.streams.has(at, 5)], [false, false]);
  }
});

Deno.test("one number has one reader, and there is none beyond the streams that there are", () => {
  const { streams } = open();
  const call = streams.of("caller", 1);
  const reader = call.consume(0, 2);
  assert.equal(call.consume(0, 2), reader);
  assert.notEqual(call.consume(1, 2), reader);
  assert.equal(call.consume(2, 2), undefined);
  assert.equal(streams.count(), 2);
});

Deno.test("words name the call, the end and the stream", async () => {
  const { streams, said } = open();
  streams.of("callee", 9).produce([numbers(1)], () => {});
  const reader = streams.of("caller", 7).consume(0, 1)!;
  void reader.next();
  streams.word({ t: "pull", at: "callee", id: 9, no: 0, upto: 10, bytes: 1_000 });
  await settled();
  await reader.return();
  assert.deepEqual(said, [
    { t: "pull", at: "caller", id: 7, no: 0, upto: STREAM.items, bytes: STREAM.bytes },
    { t: "items", at: "callee", id: 9, no: 0, count: 1, payload: "[0]" },
    { t: "end", at: "callee", id: 9, no: 0, payload: "" },
    { t: "stop", at: "caller", id: 7, no: 0 },
  ]);
});

Deno.test("the same number of a call that was made and of one that is served are two", () => {
  const { streams } = open();
  const made = streams.of("caller", 3).consume(0, 1);
  assert.equal(streams.has("callee", 3), false);
  assert.notEqual(streams.of("callee", 3).consume(0, 1), made);
});

Deno.test("what a producer throws arrives at its reader with its name and code", async () => {
  const { producer, consumer, pass } = joined();
  async function* breaks() {
    yield 1;
    throw new RangeError("out of rows");
  }
  producer.streams.of("callee", 1).produce([breaks()], () => {});
  const reader = consumer.streams.of("callee", 1).consume(0, 1)!;
  const got: unknown[] = [];
  const read = (async () => {
    for await (const item of reader) got.push(item);
  })();
  read.catch(() => {});
  await pass();
  await assert.rejects(read, { name: "RangeError", message: "out of rows", code: "module_error", maybe_ran: true });
  assert.deepEqual(got, [1]);
});

Deno.test("a stream that nobody reads to its end is stopped at its producer, which then counts no more", async () => {
  const { producer, consumer, pass } = joined();
  producer.streams.of("callee", 1).produce([numbers(1e9)], () => {});
  const reader = consumer.streams.of("callee", 1).consume(0, 1)!;
  const read = (async () => {
    for await (const item of reader) if (item === 5) break;
  })();
  await pass();
  await read;
  assert.deepEqual([producer.streams.count(), consumer.streams.count()], [0, 0]);
});

Deno.test("a call that is over ends what is read with its fault and stops what is told", async () => {
  const { streams, said } = open();
  const call = streams.of("caller", 1);
  let ended = 0;
  call.produce([numbers(9), numbers(9)], () => ended++);
  const reader = call.consume(0, 1)!;
  assert.equal(call.reading, 1);
  call.close(fault("moved", "the link broke"));
  call.close(undefined);
  await assert.rejects(reader.next(), { code: "moved", message: "the link broke" });
  assert.deepEqual(said.map(({ t }) => t), ["end", "end"]);
  assert.deepEqual([ended, call.reading, streams.count(), streams.has("caller", 1)], [1, 0, 0, false]);
  streams.word({ t: "items", at: "caller", id: 1, no: 0, count: 1, payload: payloadOf([1]) });
  streams.word({ t: "pull", at: "caller", id: 1, no: 0, upto: 9, bytes: 9 });
  await settled();
  assert.equal(said.length, 2, "words for what is over change nothing");
});

Deno.test("a call that is over without a fault ends its readers by name, and with an abort's reason as that is", async () => {
  const { streams } = open();
  const over = streams.of("caller", 1).consume(0, 1)!;
  streams.of("caller", 1).close(undefined);
  await assert.rejects(over.next(), {
    code: "cancelled",
    message: "the call that this stream belongs to is over",
  });
  const aborted = streams.of("caller", 2).consume(0, 1)!;
  const reason = new Error("enough");
  streams.of("caller", 2).close(undefined, reason);
  await assert.rejects(aborted.next(), (error) => error === reason);
});

Deno.test("words about streams that there are not change nothing", () => {
  const { streams, said } = open();
  const words: PortStreamWord[] = [
    { t: "items", at: "caller", id: 1, no: 3, count: 1, payload: "[1]" },
    { t: "end", at: "caller", id: 1, no: 3, payload: "" },
    { t: "pull", at: "callee", id: 1, no: 3, upto: 1, bytes: 1 },
    { t: "stop", at: "callee", id: 1, no: 3 },
  ];
  for (const word of words) streams.word(word);
  streams.of("caller", 1).consume(0, 1);
  streams.of("callee", 1).produce([numbers(1)], () => {});
  for (const word of words) streams.word(word);
  assert.deepEqual([said, streams.count()], [[], 2]);
});
