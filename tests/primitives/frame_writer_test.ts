import assert from "node:assert/strict";
import { WIRE } from "../../kernel/contract/limits.ts";
import { type Framed, FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";
import { KernelBug } from "../../kernel/primitives/invariant.ts";

interface Header {
  readonly id: number;
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

/** Length and type, the headers' length, headers and payloads as they are. */
function drawn(type: number, headers: string, header_length: number, payloads: readonly number[]): number[] {
  const text = [...new TextEncoder().encode(headers)];
  return [0, 0, 0, 5 + text.length + payloads.length, type, 0, 0, 0, header_length, ...text, ...payloads];
}

Deno.test("FrameWriter writes the bytes that the wire draws, for bytes and for text", () => {
  const writer = new FrameWriter<Header>();
  writer.push({ id: 7, text: "ü" }, Uint8Array.of(0xaa, 0xbb));
  writer.push({ id: 8 });
  const bytes = '[[2,0],{"id":7,"text":"ü"},{"id":8}]';
  assert.deepEqual([...writer.take()!], drawn(1, bytes, bytes.length + 1, [0xaa, 0xbb]));
  writer.push({ id: 7, text: "ü" }, "€");
  writer.push({ id: 8 }, "x");
  const text = '[[1,1],{"id":7,"text":"ü"},{"id":8}]';
  assert.deepEqual([...writer.take()!], drawn(2, text, text.length, [0xe2, 0x82, 0xac, 0x78]));
  writer.push({ id: 9 });
  const empty = '[[0],{"id":9}]';
  assert.deepEqual([...writer.take()!], drawn(2, empty, empty.length, []));
});

Deno.test("FrameWriter keeps order and payloads of one turn in one frame", () => {
  const kinds = [(id: number) => new Uint8Array(id).fill(id), (id: number) => "x€".repeat(id)];
  for (const make of kinds) {
    const writer = new FrameWriter<Header>();
    for (let id = 0; id < 100; id++) writer.push({ id }, make(id));
    const bytes = writer.take()!;
    assert.equal(frames(bytes), 1);
    for (const [id, { header, payload }] of read(bytes).entries()) {
      assert.equal((header as Header).id, id);
      assert.deepEqual(payload, id === 0 ? "" : make(id));
    }
  }
});

Deno.test("FrameWriter keeps order where text and bytes alternate, each kind in frames of its own", () => {
  const writer = new FrameWriter<Header>();
  const said = [Uint8Array.of(1), "a", "", "b", Uint8Array.of(2), "", Uint8Array.of(3), "ü", Uint8Array.of(4)];
  for (const [id, payload] of said.entries()) writer.push({ id }, payload);
  const bytes = writer.take()!;
  assert.equal(frames(bytes), 5);
  assert.deepEqual(read(bytes), said.map((payload, id) => ({ header: { id }, payload })));
});

Deno.test("FrameWriter writes headers by the hand it is given", () => {
  const writer = new FrameWriter<Header>(({ id }) => `[${id}]`);
  writer.push({ id: 3, text: "left out" });
  assert.deepEqual(read(writer.take()!), [{ header: [3], payload: "" }]);
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

Deno.test("FrameWriter says the true sizes beside headers that bring a size or nothing at all", () => {
  const writer = new FrameWriter<Record<string, number>>();
  writer.push({ n: 99, id: 1 }, new Uint8Array(3));
  writer.push({});
  writer.push({ n: 4 }, new Uint8Array(4));
  assert.deepEqual(read(writer.take()!).map(({ header, payload }) => [header, payload.length]), [
    [{ n: 99, id: 1 }, 3],
    [{}, 0],
    [{ n: 4 }, 4],
  ]);
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
  const most = WIRE.frame_bytes - WIRE.header_bytes - 5 - 16;
  const header = { id: 2, text: "x".repeat(WIRE.header_bytes - '{"id":2,"text":""}'.length) };
  for (const payload of [new Uint8Array(most), "x".repeat(most), "€".repeat(most / 3)]) {
    const writer = new FrameWriter<Header>();
    writer.push({ id: 1 });
    writer.push(header, payload);
    assert.deepEqual(read(writer.take()!).map(({ payload }) => payload.length), [0, payload.length]);
  }
  const writer = new FrameWriter<Header>();
  assert.throws(() => writer.push({ id: 1 }, new Uint8Array(most + 1)), KernelBug);
  assert.throws(() => writer.push({ id: 1 }, "x".repeat(most + 1)), KernelBug);
  assert.throws(() => writer.push({ id: 1 }, "€".repeat(most / 3 + 1)), KernelBug);
  assert.equal(writer.take(), undefined);
});

Deno.test("FrameWriter fills frames of text that a reader takes, whatever its characters make in bytes", () => {
  for (const character of ["x", "ü", "€", "😀"]) {
    const writer = new FrameWriter<Header>();
    const payload = character.repeat(9_000 / character.length);
    for (let id = 0; id < 200; id++) writer.push({ id }, payload);
    const heard = read(writer.take()!);
    assert.equal(heard.length, 200);
    assert.ok(heard.every((message) => message.payload === payload));
  }
});

Deno.test("FrameWriter gives bytes that stay as they are until the next take, whatever is pushed meanwhile", () => {
  const writer = new FrameWriter<{ n: number }>();
  const batches = ["one", "zwei", "€3", "x".repeat(200_000), "five"].map((text, n) => {
    writer.push({ n }, text);
    const bytes = writer.take()!;
    const before = bytes.slice();
    writer.push({ n: n + 100 }, "another");
    assert.deepEqual(bytes, before);
    return before;
  });
  const { messages } = new FrameReader({ proven: true }).feed(batches.at(-1)!);
  assert.deepEqual(messages.map(({ payload }) => payload), ["another", "five"]);
});
