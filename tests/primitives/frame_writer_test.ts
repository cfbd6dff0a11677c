import assert from "node:assert/strict";
import { WIRE } from "../../kernel/contract/limits.ts";
import { type Framed, FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";
import { KernelBug } from "../../kernel/primitives/invariant.ts";

interface Header {
  readonly id: number;
  readonly n?: number;
  readonly text?: string;
}

function read(bytes: Uint8Array): readonly Framed[] {
  const fed = new FrameReader({ proven: true }).feed(bytes);
  assert.equal(fed.violation, undefined);
  return fed.messages;
}

function frames(bytes: Uint8Array): number {
  let count = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 4 + view.getUint32(at)) count++;
  return count;
}

Deno.test("FrameWriter gives nothing when nothing was pushed, and nothing twice", () => {
  const writer = new FrameWriter<Header>();
  assert.equal(writer.take(), undefined);
  writer.push({ id: 1 });
  assert.ok(writer.bytes > 0);
  assert.equal(read(writer.take()!).length, 1);
  assert.equal(writer.take(), undefined);
  assert.equal(writer.bytes, 0);
});

Deno.test("FrameWriter writes the bytes that the wire draws", () => {
  const writer = new FrameWriter<Header>();
  writer.push({ id: 7 }, Uint8Array.of(0xaa, 0xbb));
  const text = '[{"id":7,"n":2}]';
  const expected = [
    0,
    0,
    0,
    5 + text.length + 2,
    1,
    0,
    0,
    0,
    text.length,
    ...new TextEncoder().encode(text),
    0xaa,
    0xbb,
  ];
  assert.deepEqual([...writer.take()!], expected);
});

Deno.test("FrameWriter keeps order and payloads of one turn in one frame", () => {
  const writer = new FrameWriter<Header>();
  for (let id = 0; id < 100; id++) writer.push({ id }, new Uint8Array(id).fill(id));
  const bytes = writer.take()!;
  assert.equal(frames(bytes), 1);
  for (const [id, { header, payload }] of read(bytes).entries()) {
    assert.equal((header as Header).id, id);
    assert.deepEqual(payload, new Uint8Array(id).fill(id));
  }
});

Deno.test("FrameWriter puts batch_messages into one frame and one more into a second", () => {
  for (const [count, expected] of [[WIRE.batch_messages, 1], [WIRE.batch_messages + 1, 2]] as const) {
    const writer = new FrameWriter<Header>();
    for (let id = 0; id < count; id++) writer.push({ id });
    const bytes = writer.take()!;
    assert.equal(frames(bytes), expected);
    assert.equal(read(bytes).length, count);
  }
});

Deno.test("FrameWriter begins another frame above batch_bytes", () => {
  const writer = new FrameWriter<Header>();
  for (let id = 0; id < 5; id++) writer.push({ id }, new Uint8Array(WIRE.chunk_bytes));
  const bytes = writer.take()!;
  assert.equal(frames(bytes), 2);
  assert.equal(read(bytes).length, 5);
});

Deno.test("FrameWriter never writes headers that a reader refuses, whatever characters they have", () => {
  for (const character of ["a", "é", "€", "😀", "\u0000", "\ud800"]) {
    const writer = new FrameWriter<Header>();
    const text = character.repeat(600);
    for (let id = 0; id < 300; id++) writer.push({ id, text });
    assert.deepEqual(
      read(writer.take()!).map(({ header }) => header),
      Array.from({ length: 300 }, (_, id) => ({ id, text })),
    );
  }
});

Deno.test("FrameWriter says the true size when a header brings another one", () => {
  const writer = new FrameWriter<Header>();
  writer.push({ n: 99, id: 1 }, new Uint8Array(3));
  writer.push({ n: 99, id: 2 });
  writer.push({ n: 4, id: 3 }, new Uint8Array(4));
  writer.push({ n: 0, id: 4 });
  assert.deepEqual(read(writer.take()!).map(({ payload }) => payload.length), [3, 0, 4, 0]);
});

Deno.test("FrameWriter writes an empty header", () => {
  const writer = new FrameWriter<Record<string, never>>();
  writer.push({});
  writer.push({}, Uint8Array.of(1));
  assert.deepEqual(read(writer.take()!).map(({ header }) => header), [{}, { n: 1 }]);
});

Deno.test("FrameWriter takes a header of header_bytes and calls one byte more a bug", () => {
  const room = WIRE.header_bytes - '{"id":1,"text":""}'.length;
  const writer = new FrameWriter<Header>();
  writer.push({ id: 1, text: "x".repeat(room) });
  assert.equal(read(writer.take()!).length, 1);
  assert.throws(() => writer.push({ id: 1, text: "x".repeat(room + 1) }), KernelBug);
  assert.throws(() => writer.push({ id: 1, text: "€".repeat(room / 2) }), KernelBug);
  assert.equal(writer.take(), undefined);
});

Deno.test("FrameWriter takes a payload that one frame holds and calls a larger one a bug", () => {
  const most = WIRE.frame_bytes - WIRE.header_bytes - 7;
  const writer = new FrameWriter<Header>();
  writer.push({ id: 1 });
  writer.push({ id: 2 }, new Uint8Array(most));
  assert.deepEqual(read(writer.take()!).map(({ payload }) => payload.length), [0, most]);
  assert.throws(() => writer.push({ id: 1 }, new Uint8Array(most + 1)), KernelBug);
});
