import assert from "node:assert/strict";
import fc from "fast-check";
import { WIRE } from "../../kernel/contract/limits.ts";
import { type Framed, FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";

const utf8 = new TextEncoder();

const TEXT = 2, BYTES = 1;

/** A frame of any headers and payloads, as a liar would write it too. Its header length is in units when it says that it is text. */
function frame(
  headers: Uint8Array | string,
  payload: Uint8Array | string = "",
  lie: { type?: number; header_length?: number } = {},
) {
  const text = typeof headers === "string" ? utf8.encode(headers) : headers;
  const body = typeof payload === "string" ? utf8.encode(payload) : payload;
  const type = lie.type ?? (typeof payload === "string" ? TEXT : BYTES);
  const bytes = new Uint8Array(9 + text.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length - 4);
  bytes[4] = type;
  view.setUint32(5, lie.header_length ?? (type === TEXT ? headers.length : text.length));
  bytes.set(text, 9);
  bytes.set(body, 9 + text.length);
  return bytes;
}

/** The text of a frame's headers, sizes first. */
function headed(headers: readonly string[], sizes: readonly (number | string)[] = headers.map(() => 0)): string {
  return `[${[`[${sizes.join()}]`, ...headers].join()}]`;
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

Deno.test("FrameReader gives back what FrameWriter wrote, text and bytes mixed, however the chunks fall", () => {
  const message = fc.record({
    header: fc.oneof(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), fc.array(fc.jsonValue())),
    payload: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.string({ unit: fc.constantFrom("a", "é", "€", "😀", "\u0000", "\ufeff"), maxLength: 300 }),
    ),
  });
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1 }),
      (said, sizes) => {
        const writer = new FrameWriter<object>();
        for (const { header, payload } of said) writer.push(header, payload);
        const { messages, violation } = feedAll(cut(writer.take()!, sizes));
        assert.equal(violation, undefined);
        assert.equal(messages.length, said.length);
        for (const [i, { header, payload }] of messages.entries()) {
          assert.equal(JSON.stringify(header), JSON.stringify(said[i]!.header));
          assert.deepEqual(typeof payload === "string" ? payload : Uint8Array.from(payload), said[i]!.payload);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("FrameReader gives nothing for a frame cut at any byte, and no violation", () => {
  const headers = headed(['{"t":"x"}', '{"t":"y"}'], [3, 0]);
  for (const [payload, sizes] of [[Uint8Array.of(1, 2, 3), [3, 0]], ["ü😀", [3, 0]]] as const) {
    const whole = frame(headers, payload);
    for (let end = 0; end < whole.length; end++) {
      assert.deepEqual(feedAll([whole.subarray(0, end)]), { messages: [], violation: undefined });
      const { messages } = feedAll([whole.slice(0, end), whole.slice(end)]);
      assert.deepEqual(messages.map(({ payload }) => payload.length), sizes);
      assert.deepEqual(messages[0]!.payload, payload);
    }
  }
});

Deno.test("FrameReader gives payloads of a large frame of bytes as spans of its chunk, and says so until the next one", () => {
  const reader = new FrameReader({ proven: true });
  const framed = (bytes: number) => {
    const headers = headed(["{}"], [10_000]);
    const room = bytes - 5 - headers.length;
    return frame(headed(["{}"], [room]), new Uint8Array(room));
  };
  for (const [bytes, holds] of [[16_384, true], [16_383, false]] as const) {
    const chunk = framed(bytes);
    const { payload } = reader.feed(chunk).messages[0]!;
    assert.ok(typeof payload !== "string");
    assert.equal(payload.buffer === chunk.buffer, holds);
    assert.equal(reader.holds_chunk, holds);
  }
  reader.feed(framed(16_384));
  reader.feed(frame(headed(["{}"], [20_000]), "x".repeat(20_000)));
  assert.equal(reader.holds_chunk, false, "text is a string of its own");
});

Deno.test("FrameReader gives what it gave before when the chunk is filled again", () => {
  const reader = new FrameReader({ proven: true });
  const buffer = new Uint8Array(100);
  const give = (bytes: Uint8Array) => {
    buffer.set(bytes);
    return reader.feed(buffer.subarray(0, bytes.length)).messages[0]?.payload;
  };
  const bytes = give(frame(headed(["{}"], [3]), Uint8Array.of(1, 2, 3)));
  const text = give(frame(headed(["{}"], [3]), "abc"));
  give(frame(headed(["{}"], [3]), "xyz"));
  assert.deepEqual([bytes, text], [Uint8Array.of(1, 2, 3), "abc"]);
});

Deno.test("FrameReader gives the empty payload as text in frames of both types", () => {
  const bytes = feedAll([frame(headed(["{}", "{}"], [1, 0]), Uint8Array.of(1))]).messages;
  assert.deepEqual(bytes.map(({ payload }) => payload), [Uint8Array.of(1), ""]);
  const text = feedAll([frame(headed(["{}", "{}"], [0, 1]), "x")]).messages;
  assert.deepEqual(text.map(({ payload }) => payload), ["", "x"]);
});

Deno.test("FrameReader takes a frame of frame_bytes and refuses one byte more before any of it comes", () => {
  const room = WIRE.frame_bytes - 5 - headed(["{}"], [1_000_000]).length;
  const headers = headed(["{}"], [room]);
  for (const payload of ["x".repeat(room), new Uint8Array(room)]) {
    const fits = frame(headers, payload);
    assert.equal(fits.length, 4 + WIRE.frame_bytes);
    assert.equal(feedAll([fits]).messages.length, 1);
  }
  refuses(announce(WIRE.frame_bytes + 1), /^a frame of 1048577 bytes; a peer may send 1048576$/);
  refuses(announce(2 ** 32 - 1), /^a frame of 4294967295 bytes/);
});

Deno.test("FrameReader takes unproven_bytes before the proof and frame_bytes after it", () => {
  const around = headed(['{"x":""}']).length;
  const text = (length: number) => headed([`{"x":"${"x".repeat(length - around)}"}`]);
  const small = frame(text(WIRE.unproven_bytes - 5));
  const large = frame(text(WIRE.unproven_bytes - 4));
  const reader = new FrameReader({ proven: false });
  assert.equal(reader.feed(small).messages.length, 1);
  refuses(large, /^a frame of 1025 bytes; before its proof a peer may send 1024$/, false);
  reader.proven = true;
  assert.equal(reader.feed(large).messages.length, 1);
});

Deno.test("FrameReader names what is wrong with a frame, whether it is of text or of bytes", () => {
  for (let length = 0; length < 7; length++) refuses(announce(length), /^a frame of \d bytes; the smallest has 7$/);
  for (const type of [0, 3, 255]) refuses(frame("[[0],{}]", "", { type }), /^a frame of unknown type/);
  for (const type of [TEXT, BYTES]) {
    const lie = { type };
    refuses(frame("[[0],{}]", "", { type, header_length: 9 }), /^headers of 9 bytes in a frame of 13$/);
    refuses(frame("[[0],{}]", "", { type, header_length: 2 ** 32 - 1 }), /^headers of 4294967295; a frame may have/);
    refuses(frame(Uint8Array.of(0x5b, 0xff, 0x5d), "", lie), /^(headers|text) that (are|is) not UTF-8$/);
    refuses(frame("\ufeff[[0],{}]", "", lie), /^headers that are not JSON$/);
    for (const text of ["[[0],{]", "[[0],{}", "[[0],{}],", "xx"]) {
      refuses(frame(text, "", lie), /^headers that are not JSON$/);
    }
    for (const text of ["{}", "null", "12", '"xx"']) {
      refuses(frame(text, "", lie), /^headers that are no array$|^a frame of . bytes/);
    }
    for (const text of ["[]", "[[]]", "[{}]", "[[0]]", "[3]"]) {
      refuses(frame(text, "", lie), /^a frame without messages$/);
    }
    for (const text of ["[{},{}]", "[[],{}]", "[[0,0],{}]", "[1,{}]", "[null,{}]", '["0",{}]', "[[0],{},{}]"]) {
      refuses(frame(text, "", lie), /^headers without the sizes of their payloads$/);
    }
    for (const header of ["null", "1", '"x"', "true"]) {
      refuses(frame(headed([header]), "", lie), /^a header that is no object$/);
    }
    refuses(frame(headed(["{}", "0"]), "", lie), /^a header that is no object$/);
    for (const size of ["-1", "1.5", '"1"', "null", "9007199254740993", "{}", "true"]) {
      refuses(frame(headed(["{}"], [size]), "x", lie), /^a payload size that is no size$/);
    }
    refuses(frame(headed(["{}"], [2]), "x", lie), /^payloads of 2 announced, 1 there$/);
    refuses(frame(headed(["{}", "{}"], [1, 0]), "xx", lie), /^payloads of 1 announced, 2 there$/);
    refuses(frame(headed(["{}"]), "x", lie), /^payloads of 0 announced, 1 there$/);
    refuses(frame(headed(["{}", "{}"], Array(2).fill(Number.MAX_SAFE_INTEGER)), "", lie), /announced, 0 there$/);
  }
});

Deno.test("FrameReader counts the sizes of text in units and those of bytes in bytes", () => {
  const header = '{"x":"ü"}';
  const text = feedAll([frame(headed([header, "{}"], [2, 1]), "😀ü")]).messages;
  assert.deepEqual(text.map(({ payload }) => payload), ["😀", "ü"]);
  const bytes = feedAll([frame(headed([header, "{}"], [4, 2]), utf8.encode("😀ü"))]).messages;
  assert.deepEqual(bytes.map(({ payload }) => payload), [utf8.encode("😀"), utf8.encode("ü")]);
  refuses(frame(headed([header, "{}"], [4, 2]), "😀ü"), /^payloads of 6 announced, 3 there$/);
  refuses(frame(headed(["{}"], [2]), Uint8Array.of(0xc3, 0x28), { type: TEXT }), /^text that is not UTF-8$/);
  const units = headed([header]).length;
  refuses(frame(headed([header]), "", { header_length: units + 1 }), /^headers of \d+ units in a text of \d+$/);
});

Deno.test("FrameReader takes batch_messages in one frame and refuses one more", () => {
  const batch = (count: number) => frame(headed(Array(count).fill("{}")));
  assert.equal(feedAll([batch(WIRE.batch_messages)]).messages.length, WIRE.batch_messages);
  refuses(batch(WIRE.batch_messages + 1), /^257 messages in one frame; it may have 256$/);
});

Deno.test("FrameReader takes headers of batch_bytes and refuses one byte more", () => {
  const room = WIRE.batch_bytes - headed(Array(256).fill('{"x":""}')).length;
  const each = Math.floor(room / 256);
  const headers = Array(256).fill(`{"x":"${"x".repeat(each)}"}`);
  headers[0] = `{"x":"${"x".repeat(room - 255 * each)}"}`;
  const text = headed(headers);
  assert.equal(text.length, WIRE.batch_bytes);
  for (const type of [TEXT, BYTES]) {
    assert.equal(feedAll([frame(text, "", { type })]).messages.length, 256);
    refuses(frame(text + " ", "", { type }), /^headers of 262145; a frame may have 262144$/);
  }
});

Deno.test("FrameReader takes a header of header_bytes and refuses one that is more than its size can explain", () => {
  const header = (length: number) => headed([`{"x":"${"x".repeat(length - 8)}"}`]);
  assert.equal(feedAll([frame(header(WIRE.header_bytes))]).messages.length, 1);
  // What a frame's headers may have in all is header_bytes and 16 for each, and 4; a header is measured by that.
  const room = WIRE.header_bytes + 16 + 4 - (headed(["{}"]).length - 2);
  assert.equal(feedAll([frame(header(room))]).messages.length, 1);
  refuses(frame(header(room + 1)), /^a header of more than 4096 bytes$/);
});

Deno.test("FrameReader survives headers nested as deep as their bytes allow", () => {
  const depth = WIRE.batch_bytes / 2 - 8;
  refuses(frame(headed([`${"[".repeat(depth)}${"]".repeat(depth)}`])), /^a header of more than 4096 bytes$/);
  const { messages } = feedAll([frame(headed([`{"x":${"[".repeat(2_000)}${"]".repeat(2_000)}}`]))]);
  assert.equal(messages.length, 1);
});

Deno.test("FrameReader delivers what came before a violation and refuses everything after it", () => {
  const reader = new FrameReader({ proven: true });
  const both = new Uint8Array([...frame("[[0],{}]"), ...frame("[]"), ...frame("[[0],{}]")]);
  const fed = reader.feed(both);
  assert.equal(fed.messages.length, 1);
  assert.equal(fed.violation, "a frame without messages");
  assert.deepEqual(reader.feed(frame("[[0],{}]")), { messages: [], violation: "a frame without messages" });
});

Deno.test("FrameReader never throws on random bytes", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(TEXT, BYTES),
      (noise, body, type) => {
        feedAll([noise]);
        const framed = frame(noise, body, { type });
        feedAll(cut(framed, [7]));
      },
    ),
    { numRuns: 3_000 },
  );
});

Deno.test("FrameReader never throws on random headers with random sizes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { maxLength: 4 }),
      fc.array(fc.oneof(fc.nat(5), fc.jsonValue()), { maxLength: 4 }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(TEXT, BYTES),
      (headers, sizes, payload, type) => void feedAll([frame(JSON.stringify([sizes, ...headers]), payload, { type })]),
    ),
    { numRuns: 3_000 },
  );
});

Deno.test("FrameReader reads a megabyte that comes byte by byte without touching it more than once", () => {
  for (const payload of [new Uint8Array(1_000_000), "x".repeat(1_000_000)]) {
    const whole = frame(headed(["{}"], [payload.length]), payload);
    const reader = new FrameReader({ proven: true });
    const started = performance.now();
    let messages = 0;
    for (let at = 0; at < whole.length; at++) messages += reader.feed(whole.subarray(at, at + 1)).messages.length;
    assert.equal(messages, 1);
    // Copying what is there at each byte would move 500 GB.
    assert.ok(performance.now() - started < 5_000);
  }
});
