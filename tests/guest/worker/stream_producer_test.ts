import assert from "node:assert/strict";
import { type Fault, fault } from "../../../kernel/contract/fault.ts";
import type { Payload } from "../../../kernel/contract/wire.ts";
import { STREAM } from "../../../kernel/guest/worker/stream_bounds.ts";
import { StreamProducer } from "../../../kernel/guest/worker/stream_producer.ts";
import { decodeValue } from "../../../kernel/primitives/value_codec.ts";

/** Lets everything run that is ready to. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A producer of that iterable, and what it said. */
function producing(iterable: AsyncIterable<unknown>) {
  const batches: { payload: Payload; count: number }[] = [];
  const ends: (Fault | undefined)[] = [];
  const lingering = { count: 0 };
  const producer = new StreamProducer(iterable, {
    items: (payload, count) => {
      assert.deepEqual(ends, [], "nothing is said behind the end");
      batches.push({ payload, count });
    },
    end: (why) => ends.push(why),
    lingers: () => {
      lingering.count++;
      return () => void lingering.count--;
    },
    faultOf: (error) => fault("module_error", error instanceof Error ? error.message : "?"),
  });
  const items = () =>
    batches.flatMap(({ payload, count }) => {
      const list = decodeValue(payload);
      assert.ok(list.ok && Array.isArray(list.value) && list.value.length === count);
      return list.value as unknown[];
    });
  return { producer, batches, ends, items, lingering };
}

/** Numbers up to `end`, and how far it was asked. */
function counting(end = Infinity) {
  const state = { asked: 0, closed: 0 };
  async function* numbers() {
    try {
      for (let i = 0; i < end; i++) {
        state.asked = i + 1;
        yield i;
      }
    } finally {
      state.closed++;
    }
  }
  return { state, iterable: numbers() };
}

Deno.test("StreamProducer begins with the first pull and not before", async () => {
  const { state, iterable } = counting();
  const { producer, batches } = producing(iterable);
  await settled();
  assert.deepEqual([state.asked, batches.length], [0, 0]);
  producer.pull(2, 1_000);
  await settled();
  assert.ok(state.asked > 0 && batches.length > 0);
});

Deno.test("StreamProducer tells the last item that was pulled and asks for none beyond, until there is another pull", async () => {
  const { state, iterable } = counting();
  const { producer, items } = producing(iterable);
  producer.pull(5, 1_000_000);
  await settled();
  assert.deepEqual([items(), state.asked], [[0, 1, 2, 3, 4], 5]);
  producer.pull(5, 1_000_000);
  await settled();
  assert.equal(state.asked, 5);
  producer.pull(7, 1_000_000);
  await settled();
  assert.deepEqual([items().length, state.asked], [7, 7]);
});

Deno.test("StreamProducer tells what its bytes allow, counted as they are told, and goes on with more", async () => {
  const { state, iterable } = counting();
  const { producer, batches, items } = producing(iterable);
  producer.pull(1_000, "[0,1,2]".length);
  await settled();
  assert.deepEqual([items(), state.asked], [[0, 1, 2], 3]);
  producer.pull(1_000, batches.reduce((sum, { payload }) => sum + payload.length, 0));
  await settled();
  assert.equal(state.asked, 3, "all that may be told is told");
  producer.pull(1_000, 8);
  await settled();
  assert.deepEqual(items(), [0, 1, 2, 3]);
});

Deno.test("StreamProducer tells one item that is larger than its bytes, and then waits", async () => {
  async function* large() {
    for (;;) yield "x".repeat(1_000);
  }
  const { producer, items } = producing(large());
  producer.pull(10, 10);
  await settled();
  assert.equal(items().length, 1);
});

Deno.test("StreamProducer uses its bytes up to the last item, however many items it has told before", async () => {
  const { iterable } = counting();
  const { producer, batches } = producing(iterable);
  let told = 0;
  for (let pulls = 0; pulls < 400; pulls++) {
    producer.pull(Number.MAX_SAFE_INTEGER, told + 2_000);
    await settled();
    const now = batches.reduce((sum, { payload }) => sum + payload.length, 0);
    assert.ok(now - told >= 2_000 && now - told < 2_010, `${now - told} bytes of 2000 after ${told}`);
    told = now;
  }
});

Deno.test("StreamProducer tells items in batches, in order, none larger than its bounds", async () => {
  const count = 3 * STREAM.batch_items + 5;
  const { producer, batches, ends, items } = producing(counting(count).iterable);
  producer.pull(10_000, 10_000_000);
  await settled();
  assert.deepEqual(items(), Array.from({ length: count }, (_, i) => i));
  assert.deepEqual(batches.map((batch) => batch.count), [...Array(3).fill(STREAM.batch_items), 5]);
  assert.deepEqual(ends, [undefined]);
  async function* texts() {
    for (let i = 0; i < 9; i++) yield "x".repeat(STREAM.batch_bytes / 4);
  }
  const large = producing(texts());
  large.producer.pull(10_000, 10_000_000);
  await settled();
  assert.equal(large.items().length, 9);
  assert.ok(large.batches.every(({ payload }) => payload.length < 2 * STREAM.batch_bytes));
});

Deno.test("StreamProducer tells what it has when the next item is not ready", async () => {
  const gate = Promise.withResolvers<void>();
  async function* slow() {
    yield 1;
    await gate.promise;
    yield 2;
  }
  const { producer, items, ends } = producing(slow());
  producer.pull(10, 1_000);
  await settled();
  assert.deepEqual([items(), ends], [[1], []]);
  gate.resolve();
  await settled();
  assert.deepEqual([items(), ends], [[1, 2], [undefined]]);
});

Deno.test("StreamProducer tells values as they were when they were yielded, whatever becomes of them", async () => {
  async function* same() {
    const value = { n: 0, bytes: Uint8Array.of(0) };
    for (let i = 1; i <= 3; i++) {
      value.n = i;
      value.bytes[0] = i;
      yield i === 2 ? { n: i } : value;
      value.n = -1;
      value.bytes[0] = 255;
    }
  }
  const { producer, items } = producing(same());
  producer.pull(10, 1_000);
  await settled();
  assert.deepEqual(items(), [{ n: 1, bytes: Uint8Array.of(1) }, { n: 2 }, { n: 3, bytes: Uint8Array.of(3) }]);
});

Deno.test("StreamProducer keeps the order of items of text and of bytes", async () => {
  async function* mixed() {
    yield* [1, 2, Uint8Array.of(3), 4, Uint8Array.of(5), Uint8Array.of(6), 7];
  }
  const { producer, items } = producing(mixed());
  producer.pull(10, 1_000);
  await settled();
  assert.deepEqual(items(), [1, 2, Uint8Array.of(3), 4, Uint8Array.of(5), Uint8Array.of(6), 7]);
});

Deno.test("StreamProducer tells what the iterable threw behind the items before it, once", async () => {
  async function* breaks() {
    yield 1;
    throw new Error("out of rows");
  }
  const { producer, items, ends } = producing(breaks());
  producer.pull(10, 1_000);
  await settled();
  producer.pull(20, 2_000);
  producer.stop();
  await settled();
  assert.deepEqual(items(), [1]);
  assert.deepEqual(ends.map((why) => [why?.code, why?.message]), [["module_error", "out of rows"]]);
});

Deno.test("StreamProducer ends with a fault that names the item which can't travel, and closes the iterable", async () => {
  for (
    const [bad, code, message] of [
      [new Map(), "invalid_argument", /^item 2 of the stream is a Map/],
      [{ a: [() => 1] }, "invalid_argument", /^item 2 of the stream\.a\[0\] is a function/],
      ["x".repeat(STREAM.item_bytes), "too_large", /item.* makes more than \d+ bytes/],
    ] as const
  ) {
    let closed = false;
    const odd = async function* () {
      try {
        yield* [0, 1, bad, 3];
      } finally {
        closed = true;
      }
    };
    const { producer, items, ends } = producing(odd());
    producer.pull(10, 10_000_000);
    await settled();
    assert.deepEqual([items(), closed, ends.length], [[0, 1], true, 1]);
    assert.deepEqual([ends[0]!.code, ends[0]!.maybe_ran], [code, true]);
    assert.match(ends[0]!.message, message);
  }
});

Deno.test("StreamProducer takes the largest item and refuses one byte more", async () => {
  const most = STREAM.item_bytes - '[""]'.length;
  for (const [over, expected] of [[0, undefined], [1, "too_large"]] as const) {
    const one = async function* () {
      yield "x".repeat(most + over);
    };
    const { producer, items, ends } = producing(one());
    producer.pull(10, 1);
    await settled();
    assert.deepEqual([items().length, ends.length === 0 ? undefined : ends[0]?.code], [1 - over, expected]);
    producer.stop();
  }
});

Deno.test("StreamProducer that is stopped ends at once, closes the iterable and says nothing more", async () => {
  const { state, iterable } = counting();
  const { producer, batches, ends } = producing(iterable);
  producer.pull(3, 1_000);
  await settled();
  const before = batches.length;
  producer.stop();
  producer.stop();
  assert.deepEqual(ends, [undefined]);
  producer.pull(100, 100_000);
  await settled();
  assert.deepEqual([batches.length, state.closed, ends.length], [before, 1, 1]);
});

Deno.test("StreamProducer that is stopped before the first pull lets the iterable tidy up, and one that throws then harms nobody", async () => {
  let closed = 0;
  const iterable = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: 1 }),
      return: () => {
        closed++;
        return Promise.reject(new Error("too late"));
      },
    }),
  };
  const { producer, ends } = producing(iterable as AsyncIterable<unknown>);
  producer.stop();
  await settled();
  assert.deepEqual([closed, ends], [1, [undefined]]);
});

Deno.test("StreamProducer whose item is on its way while it is stopped does not tell it", async () => {
  const gate = Promise.withResolvers<void>();
  async function* slow() {
    await gate.promise;
    yield 1;
  }
  const { producer, batches, ends } = producing(slow());
  producer.pull(10, 1_000);
  await settled();
  producer.stop();
  gate.resolve();
  await settled();
  assert.deepEqual([batches, ends], [[], [undefined]]);
});

Deno.test("StreamProducer of an iterable that can't be opened ends with what it threw", async () => {
  const iterable = {
    [Symbol.asyncIterator]: () => {
      throw new Error("no such table");
    },
  };
  const { producer, ends } = producing(iterable as AsyncIterable<unknown>);
  producer.pull(10, 1_000);
  await settled();
  assert.deepEqual(ends.map((why) => why?.message), ["no such table"]);
});

Deno.test("StreamProducer tells of an iterable that runs on when it was stopped, until it has come to its end", async () => {
  const gate = Promise.withResolvers<void>();
  const stuck = (async function* () {
    await gate.promise;
    yield 1;
  })();
  // One without a `return` is over when it has given what it was asked for.
  const plain = { [Symbol.asyncIterator]: () => ({ next: () => gate.promise.then(() => ({ done: true, value: 0 })) }) };
  const producers = [stuck, plain as AsyncIterable<unknown>].map(producing);
  for (const { producer } of producers) producer.pull(2, 1_000);
  await settled();
  for (const { producer } of producers) producer.stop();
  await settled();
  assert.deepEqual(producers.map(({ ends, lingering }) => [ends.length, lingering.count]), [[1, 1], [1, 1]]);
  gate.resolve();
  await settled();
  assert.deepEqual(producers.map(({ lingering }) => lingering.count), [0, 0]);
});

Deno.test("StreamProducer has nothing that lingers when an iterable ends as it is told to", async () => {
  const { producer, lingering } = producing(counting().iterable);
  producer.pull(2, 1_000);
  await settled();
  producer.stop();
  await settled();
  assert.equal(lingering.count, 0);
});
