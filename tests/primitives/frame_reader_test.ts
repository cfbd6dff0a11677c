import assert from "node:assert/strict";
import fc from "fast-check";
import { WIRE } from "../../kernel/contract/limits.ts";
import { type Framed, FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";

const utf8 = new TextEncoder();

/** A frame of any headers' bytes, as a liar would write it too. */
function frame(
  headers: Uint8Array | string,
  payload = new Uint8Array(0),
  lie: { type?: number; header_bytes?: number } = {},
) {
  const text = typeof headers === "string" ? utf8.encode(headers) : headers;
  const bytes = new Uint8Array(9 + text.length + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length - 4);
  bytes[4] = lie.type ?? 1;
  view.setUint32(5, lie.header_bytes ?? text.length);
  bytes.set(text, 9);
  bytes.set(payload, 9 + text.length);
  return bytes;
}

function announce(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}

function feedAll(chunks: Iterable<Uint8Array>, proven = true): { messages: Framed[]; violation: string | undefined } {
  const reader = new FrameReader({ proven });
  const messages: Framed[] = [];
  for (const chunk of chunks) {
    const fed = reader.feed(chunk);
    messages.push(...fed.messages);
    if (fed.violation !== undefined) return { messages, violation: fed.violation };
  }
  return { messages, violation: undefined };
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.slice(at, at + size);
    at += size;
  }
}

function refuses(bytes: Uint8Array, why: RegExp, proven = true) {
  const whole = feedAll([bytes], proven);
  assert.match(whole.violation ?? "nothing", why);
  assert.deepEqual(whole.messages, []);
  assert.equal(feedAll(cut(bytes, [1]), proven).violation, whole.violation);
}

Deno.test("FrameReader gives back what FrameWriter wrote, however the chunks fall", () => {
  const message = fc.record({
    header: fc.dictionary(fc.string(), fc.jsonValue()),
    payload: fc.uint8Array({ maxLength: 300 }),
  });
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1 }),
      (said, sizes) => {
        const writer = new FrameWriter<Record<string, unknown>>();
        const plain = said.map(({ header, payload }) => {
          const { n: _, ...rest } = header;
          return { header: JSON.parse(JSON.stringify(rest)), payload };
        });
        for (const { header, payload } of plain) writer.push(header, payload);
        const { messages, violation } = feedAll(cut(writer.take()!, sizes));
        assert.equal(violation, undefined);
        const heard = messages.map(({ header, payload }) => {
          const { n, ...rest } = header as Record<string, unknown>;
          assert.equal(n ?? 0, payload.length);
          return { header: rest, payload: Uint8Array.from(payload) };
        });
        assert.deepEqual(JSON.stringify(heard), JSON.stringify(plain));
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("FrameReader gives nothing for a frame cut at any byte, and no violation", () => {
  const whole = frame('[{"t":"x","n":3},{"t":"y"}]', Uint8Array.of(1, 2, 3));
  for (let end = 0; end < whole.length; end++) {
    assert.deepEqual(feedAll([whole.subarray(0, end)]), { messages: [], violation: undefined });
    const { messages } = feedAll([whole.slice(0, end), whole.slice(end)]);
    assert.deepEqual(messages.map(({ payload }) => payload.length), [3, 0]);
  }
});

Deno.test("FrameReader gives payloads as spans of the chunk when a frame is whole in it", () => {
  const chunk = frame('[{"n":3}]', Uint8Array.of(1, 2, 3));
  const [message] = new FrameReader({ proven: true }).feed(chunk).messages;
  assert.equal(message!.payload.buffer, chunk.buffer);
});

Deno.test("FrameReader takes a frame of frame_bytes and refuses one byte more before any of it comes", () => {
  const text = `[{"n":${WIRE.frame_bytes - 5 - 14}}]`;
  const payload = new Uint8Array(WIRE.frame_bytes - 5 - text.length);
  const fits = frame(`[{"n":${payload.length}}]`, payload);
  assert.equal(fits.length, 4 + WIRE.frame_bytes);
  assert.equal(feedAll([fits]).messages.length, 1);
  refuses(announce(WIRE.frame_bytes + 1), /^a frame of 1048577 bytes; a peer may send 1048576$/);
  refuses(announce(2 ** 32 - 1), /^a frame of 4294967295 bytes/);
});

Deno.test("FrameReader takes unproven_bytes before the proof and frame_bytes after it", () => {
  const text = (length: number) => `[{"x":"${"x".repeat(length - 10)}"}]`;
  const small = frame(text(WIRE.unproven_bytes - 5));
  const large = frame(text(WIRE.unproven_bytes - 4));
  const reader = new FrameReader({ proven: false });
  assert.equal(reader.feed(small).messages.length, 1);
  refuses(large, /^a frame of 1025 bytes; before its proof a peer may send 1024$/, false);
  reader.proven = true;
  assert.equal(reader.feed(large).messages.length, 1);
});

Deno.test("FrameReader names what is wrong with a frame", () => {
  for (let length = 0; length < 7; length++) refuses(announce(length), /^a frame of \d bytes; the smallest has 7$/);
  for (const type of [0, 2, 255]) refuses(frame("[{}]", undefined, { type }), /^a frame of unknown type/);
  refuses(frame("[{}]", undefined, { header_bytes: 5 }), /^headers of 5 bytes in a frame of 9$/);
  refuses(frame("[{}]", undefined, { header_bytes: 2 ** 32 - 1 }), /^headers of 4294967295 bytes; a frame may have/);
  refuses(frame(Uint8Array.of(0x5b, 0xff, 0x5d)), /^headers that are not UTF-8$/);
  refuses(frame(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b, 0x7b, 0x7d, 0x5d)), /^headers that are not JSON$/);
  for (const text of ["[{]", "[{}", "[{}],", "xx"]) refuses(frame(text), /^headers that are not JSON$/);
  for (const text of ["{}", "null", "12", '"xx"']) {
    refuses(frame(text), /^headers that are no array$|^a frame of . bytes/);
  }
  refuses(frame("[]"), /^a frame without messages$/);
  for (const text of ["[null]", "[[]]", "[1]", '["x"]', "[{},0]"]) refuses(frame(text), /^a header that is no object$/);
  for (const n of ["-1", "1.5", '"1"', "null", "9007199254740993", "{}"]) {
    refuses(frame(`[{"n":${n}}]`, new Uint8Array(1)), /^a payload size that is no size$/);
  }
  refuses(frame('[{"n":2}]', new Uint8Array(1)), /^payloads of 2 bytes announced, 1 there$/);
  refuses(frame('[{"n":1},{"n":0}]', new Uint8Array(2)), /^payloads of 1 bytes announced, 2 there$/);
  refuses(frame(`[${'{"n":9007199254740991},'.repeat(2)}{}]`), /announced, 0 there$/);
});

Deno.test("FrameReader takes batch_messages in one frame and refuses one more", () => {
  const batch = (count: number) => frame(`[${Array(count).fill("{}").join()}]`);
  assert.equal(feedAll([batch(WIRE.batch_messages)]).messages.length, WIRE.batch_messages);
  refuses(batch(WIRE.batch_messages + 1), /^257 messages in one frame; it may have 256$/);
});

Deno.test("FrameReader takes headers of batch_bytes and refuses one byte more", () => {
  const each = WIRE.batch_bytes / 256;
  const headers = Array(256).fill(`{"x":"${"x".repeat(each - 9)}"}`);
  headers[0] = `{"x":"${"x".repeat(each - 10)}"}`;
  const text = `[${headers.join()}]`;
  assert.equal(text.length, WIRE.batch_bytes);
  assert.equal(feedAll([frame(text)]).messages.length, 256);
  refuses(frame(text + " "), /^headers of 262145 bytes; a frame may have 262144$/);
});

Deno.test("FrameReader takes a header of header_bytes and refuses one byte more", () => {
  const header = (length: number) => `[{"x":"${"x".repeat(length - 8)}"}]`;
  assert.equal(feedAll([frame(header(WIRE.header_bytes))]).messages.length, 1);
  refuses(frame(header(WIRE.header_bytes + 1)), /^a header of more than 4096 bytes$/);
});

Deno.test("FrameReader survives headers nested as deep as their bytes allow", () => {
  const depth = WIRE.batch_bytes / 2 - 8;
  refuses(frame(`[${"[".repeat(depth)}${"]".repeat(depth)}]`), /^a header of more than 4096 bytes$/);
  const { messages } = feedAll([frame(`[{"x":${"[".repeat(2_000)}${"]".repeat(2_000)}}]`)]);
  assert.equal(messages.length, 1);
});

Deno.test("FrameReader delivers what came before a violation and refuses everything after it", () => {
  const reader = new FrameReader({ proven: true });
  const both = new Uint8Array([...frame("[{}]"), ...frame("[]"), ...frame("[{}]")]);
  const fed = reader.feed(both);
  assert.equal(fed.messages.length, 1);
  assert.equal(fed.violation, "a frame without messages");
  assert.deepEqual(reader.feed(frame("[{}]")), { messages: [], violation: "a frame without messages" });
});

Deno.test("FrameReader never throws on random bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 40 }), (noise, body) => {
      feedAll([noise]);
      const framed = frame(noise, body);
      feedAll(cut(framed, [7]));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("FrameReader reads a megabyte that comes byte by byte without touching it more than once", () => {
  const payload = new Uint8Array(1_000_000);
  const whole = frame(`[{"n":${payload.length}}]`, payload);
  const reader = new FrameReader({ proven: true });
  const started = performance.now();
  let messages = 0;
  for (let at = 0; at < whole.length; at++) messages += reader.feed(whole.subarray(at, at + 1)).messages.length;
  assert.equal(messages, 1);
  // Copying what is there at each byte would move 500 GB.
  assert.ok(performance.now() - started < 5_000);
});
