import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { Payload } from "../../kernel/contract/wire.ts";
import type { Plain } from "../../kernel/contract/plain.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import type { LentRef } from "../../kernel/primitives/value_tags.ts";

function payloadOf(value: unknown): Payload {
  const encoded = encodeValue(value);
  assert.ok(encoded.ok, encoded.ok ? "" : encoded.fault.message);
  return encoded.value;
}

function travel(value: unknown): Plain {
  const decoded = decodeValue(payloadOf(value));
  assert.ok(decoded.ok, decoded.ok ? "" : decoded.fault.message);
  return decoded.value;
}

function text(value: unknown): string {
  const payload = payloadOf(value);
  assert.ok(typeof payload === "string");
  return payload;
}

function lists(depth: number, core: unknown = undefined): unknown {
  let value = core === undefined ? [] : [core];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, undefined, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number === 0 ? 0 : number),
    fc.bigInt(),
    fc.string({ unit: "binary" }),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
    fc.array(tie("value")),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("$", "$$", "$$$", "$a", "v", "__proto__", "constructor", "toJSON", "0")),
      tie("value"),
    ),
  ),
})).value;

/** fast-check's dictionaries may have no prototype; what arrives always has Object's. */
function usual(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(usual);
  const copy = {};
  for (const [key, child] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: usual(child), enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

Deno.test("a value arrives as it was sent, whatever plain data it is", () => {
  fc.assert(
    fc.property(plain, (value) => {
      assert.deepStrictEqual(travel(value), usual(value));
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("encodeValue writes JSON for what JSON can say", () => {
  const value = [{ a: null, b: true, c: -1.5e300, d: "ü\u2028\ud800", e: [], f: {} }];
  assert.equal(text(value), JSON.stringify(value));
  assert.equal(
    text({ a: 1n, b: new Date(5), c: undefined, $: 1, $$: 2, $x: 3 }),
    '{"a":{"$":"n","v":"1"},"b":{"$":"d","v":5},"c":{"$":"u"},"$$":1,"$$$":2,"$x":3}',
  );
});

Deno.test("encodeValue puts bytes behind the text, with its length before it", () => {
  const json = '[{"$":"b","v":[0,2]},{"$":"b","v":[2,0]},{"$":"b","v":[2,1]}]';
  const expected = [0, 0, 0, 0, json.length, ...new TextEncoder().encode(json), 1, 2, 3];
  assert.deepEqual([...payloadOf([Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)])], expected);
});

Deno.test("encodeValue writes text where a value holds no bytes, and bytes where it holds some, be they none", () => {
  for (const value of [null, undefined, "\u0000ü", [1n, new Date(0)], {}]) {
    assert.equal(typeof payloadOf(value), "string");
  }
  for (const value of [new Uint8Array(0), [{ a: new Uint8Array(3) }]]) {
    assert.ok(payloadOf(value) instanceof Uint8Array);
  }
});

Deno.test("bytes arrive in a buffer of their own", () => {
  const [bytes] = travel([Uint8Array.of(1, 2, 3).subarray(1)]) as [Uint8Array];
  assert.deepEqual(bytes, Uint8Array.of(2, 3));
  assert.equal(bytes.buffer.byteLength, 2);
  assert.deepEqual(travel(Buffer.from("ab")), Uint8Array.of(97, 98));
});

Deno.test("encodeValue changes nothing of what it is given", () => {
  const value = Object.freeze({ a: Object.freeze([1n, undefined]), $: Object.freeze({ b: new Date(1) }) });
  assert.deepEqual(travel(value), { a: [1n, undefined], $: { b: new Date(1) } });
  assert.deepEqual(value, { a: [1n, undefined], $: { b: new Date(1) } });
});

Deno.test("-0 arrives as 0", () => {
  assert.ok(Object.is(travel(-0), 0));
});

Deno.test("__proto__ as an own key arrives as an own key and pollutes nothing", () => {
  for (const source of ['{"__proto__":{"bad":1}}', '{"__proto__":{"bad":1},"$":2}', '{"a":{"__proto__":{"$$":1}}}']) {
    const value = travel(JSON.parse(source));
    assert.equal(JSON.stringify(value), source);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal(({} as Record<string, unknown>)["bad"], undefined);
  }
});

Deno.test("encodeValue takes the longest bigint, and decodeValue no longer one", () => {
  const most = 10n ** 4096n - 1n;
  assert.deepEqual(travel([most, -most]), [most, -most]);
  const longer = decodeValue(`{"$":"n","v":"${"9".repeat(4098)}"}`);
  assert.ok(!longer.ok);
});

Deno.test("a value nested as deep as the limit arrives, one level more is refused at both ends", () => {
  assert.deepEqual(travel(lists(WIRE.depth)), lists(WIRE.depth));
  assert.deepEqual(travel(lists(WIRE.depth - 1, null)), lists(WIRE.depth - 1, null));
  assert.deepEqual(travel(lists(WIRE.depth - 1, 1n)), lists(WIRE.depth - 1, 1n));
  assert.deepEqual(travel(lists(WIRE.depth - 2, Uint8Array.of(1))), lists(WIRE.depth - 2, Uint8Array.of(1)));
  for (
    const value of [
      lists(WIRE.depth + 1),
      lists(WIRE.depth, 1n),
      lists(WIRE.depth, new Date()),
      lists(WIRE.depth - 1, new Uint8Array(0)),
    ]
  ) {
    const encoded = encodeValue(value);
    assert.ok(!encoded.ok && encoded.fault.code === "too_deep");
    assert.match(encoded.fault.message, /^value\[0\]\[0\].* is nested more than 64 levels deep$/);
  }
  const decoded = decodeValue("[".repeat(65) + "]".repeat(65));
  assert.ok(!decoded.ok && decoded.fault.code === "too_deep");
});

Deno.test("decodeValue counts no brackets within strings", () => {
  const value = ['[[[["]]]]\\', "{".repeat(1_000), '\\"[', "\\\\", { '"[': "}" }, "x".repeat(200)];
  assert.deepEqual(travel(value), value);
  const hidden = `["\\\\",${"[".repeat(200)}${"]".repeat(200)}]`;
  const decoded = decodeValue(hidden);
  assert.ok(!decoded.ok && decoded.fault.code === "too_deep");
});

Deno.test("what is lent arrives as what the receiver has for it, beside plain data and bytes", () => {
  const callback = () => {};
  const signal = new AbortController().signal;
  const stream = (async function* () {})();
  const bare = { async *[Symbol.asyncIterator]() {} };
  const lent = new Map<unknown, LentRef>([
    [callback, { kind: "function", no: 0 }],
    [signal, { kind: "signal" }],
    [stream, { kind: "stream", no: 0 }],
    [bare, { kind: "stream", no: 1 }],
  ]);
  const kept = Object.assign(() => {}, { own: 1 });
  lent.set(kept, { kind: "kept", name: 'on "change"' });
  for (const bytes of [[], [Uint8Array.of(1)]]) {
    const value = [callback, { signal, at: new Date(1), $: kept }, [stream, bare], bytes];
    const encoded = encodeValue(value, "arguments", { lend: (thing) => lent.get(thing) });
    assert.ok(encoded.ok);
    const decoded = decodeValue(encoded.value, (ref) => [ref]);
    const [first, second, streams] = [[{ kind: "function", no: 0 }], {
      signal: [{ kind: "signal" }],
      at: new Date(1),
      $: [{ kind: "kept", name: 'on "change"' }],
    }, [[{ kind: "stream", no: 0 }], [{ kind: "stream", no: 1 }]]];
    assert.deepEqual(decoded, { ok: true, value: [first, second, streams, bytes] });
    const refused = decodeValue(encoded.value, ({ kind }) => kind === "signal" ? undefined : kind);
    assert.ok(!refused.ok);
    assert.match(refused.fault.message, /unknown tag "a"/);
    assert.ok(!decodeValue(encoded.value).ok);
  }
});

Deno.test("encodeValue refuses by its place what could be lent elsewhere and not here", () => {
  const stream = (async function* () {})();
  for (
    const [value, what] of [
      [[() => {}], "arguments[0] is a function"],
      [[{ s: new AbortController().signal }], "arguments[0].s is an AbortSignal"],
      [[stream], "arguments[0] is an object of a class"],
    ] as const
  ) {
    for (const lend of [undefined, () => undefined]) {
      const encoded = encodeValue(value, "arguments", { lend });
      assert.ok(!encoded.ok);
      assert.equal(encoded.fault.message.split("; ")[0], what);
    }
  }
});

Deno.test("encodeValue asks nobody about plain data whether it is lent", () => {
  const value = [1, "a", null, undefined, 5n, new Date(0), Uint8Array.of(1), { a: [] }];
  const encoded = encodeValue(value, "arguments", { lend: () => assert.fail("it is plain data") });
  assert.ok(encoded.ok);
});

Deno.test("decodeValue asks for nothing by a tag that no encoder writes", () => {
  const asks = (ref: LentRef) => assert.fail(`asked for ${JSON.stringify(ref)}`);
  for (
    const tag of [
      '{"$":"f"}',
      '{"$":"f","v":-1}',
      '{"$":"f","v":0.5}',
      '{"$":"f","v":"0"}',
      '{"$":"f","v":9007199254740993}',
      '{"$":"f","v":0,"w":1}',
      '{"$":"s"}',
      '{"$":"s","v":null}',
      '{"$":"k"}',
      '{"$":"k","v":1}',
      '{"$":"a","v":0}',
      '{"$":"x","v":0}',
    ]
  ) assert.ok(!decodeValue(tag, asks).ok, tag);
});

Deno.test("a thing that is lent is a level of nesting like any other", () => {
  const callback = () => {};
  const lend = () => ({ kind: "function", no: 0 }) as const;
  const fits = encodeValue(lists(WIRE.depth - 1, callback), "value", { lend });
  assert.ok(fits.ok && decodeValue(fits.value, () => 1).ok);
  const deep = encodeValue(lists(WIRE.depth, callback), "value", { lend });
  assert.ok(!deep.ok && deep.fault.code === "too_deep");
});
