import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { Plain } from "../../kernel/contract/plain.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";

function bytesOf(value: unknown): Uint8Array {
  const encoded = encodeValue(value);
  assert.ok(encoded.ok, encoded.ok ? "" : encoded.fault.message);
  return encoded.value;
}

function travel(value: unknown): Plain {
  const decoded = decodeValue(bytesOf(value));
  assert.ok(decoded.ok, decoded.ok ? "" : decoded.fault.message);
  return decoded.value;
}

function text(value: unknown): string {
  return new TextDecoder().decode(bytesOf(value));
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
  assert.deepEqual([...bytesOf([Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)])], expected);
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

Deno.test("encodeValue refuses what is no plain data, by its place", () => {
  class Note {}
  const shared = new Uint8Array(new SharedArrayBuffer(1));
  const hole = [1, 2, 3];
  delete hole[1];
  const circle: Record<string, unknown> = { name: "x" };
  circle["self"] = circle;
  const getter = Object.defineProperty({}, "when", { enumerable: true, get: () => assert.fail("was run") });
  const setter = Object.defineProperty({}, "when", { enumerable: true, set: () => assert.fail("was run") });
  const element = Object.defineProperty([1], 0, { enumerable: true, get: () => assert.fail("was run") });
  const cases: [unknown, string][] = [
    [[{ items: [0, 1, 2, { when: new Map() }] }], "arguments[0].items[3].when is a Map"],
    [new Set(), "arguments is a Set"],
    [[/x/], "arguments[0] is a RegExp"],
    [[new Note()], "arguments[0] is a Note"],
    [[new Error("x")], "arguments[0] is an Error"],
    [[new (class {})()], "arguments[0] is an object of a class"],
    [[Object.create({})], "arguments[0] is an object of a class"],
    [[new Number(1)], "arguments[0] is a Number"],
    [[new ArrayBuffer(1)], "arguments[0] is an ArrayBuffer"],
    [[new Uint16Array(1)], "arguments[0] is a Uint16Array"],
    [[new (class List extends Array {})()], "arguments[0] is an array of a class of its own"],
    [[Promise.resolve()], "arguments[0] is a Promise"],
    [{ f: () => 1 }, "arguments.f is a function"],
    [{ f: Symbol("x") }, "arguments.f is a symbol"],
    [{ "odd key": NaN }, 'arguments["odd key"] is NaN'],
    [[Infinity], "arguments[0] is Infinity"],
    [[-Infinity], "arguments[0] is -Infinity"],
    [[new Date(NaN)], "arguments[0] is an invalid Date"],
    [hole, "arguments[1] is a hole in an array"],
    [new Array(2 ** 32 - 1), "arguments[0] is a hole in an array"],
    [[shared], "arguments[0] is bytes in shared memory"],
    [getter, "arguments.when is an accessor"],
    [setter, "arguments.when is an accessor"],
    [element, "arguments[0] is an accessor"],
    [[circle], "arguments[0] contains itself"],
    [[10n ** 4096n], "arguments[0] is a bigint of more than 4096 digits"],
    [[-(10n ** 4096n)], "arguments[0] is a bigint of more than 4096 digits"],
  ];
  for (const [value, what] of cases) {
    const encoded = encodeValue(value, "arguments");
    assert.ok(!encoded.ok, what);
    assert.equal(encoded.fault.code, "invalid_argument");
    assert.equal(encoded.fault.message.split("; ")[0], what);
    assert.match(encoded.fault.message, /; pass plain data: null, booleans, finite numbers/);
  }
});

Deno.test("encodeValue takes the longest bigint, and decodeValue no longer one", () => {
  const most = 10n ** 4096n - 1n;
  assert.deepEqual(travel([most, -most]), [most, -most]);
  const longer = decodeValue(new TextEncoder().encode(`{"$":"n","v":"${"9".repeat(4098)}"}`));
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
  const decoded = decodeValue(new TextEncoder().encode("[".repeat(65) + "]".repeat(65)));
  assert.ok(!decoded.ok && decoded.fault.code === "too_deep");
});

Deno.test("encodeValue takes what makes max_bytes and refuses one byte more, also with shared references", () => {
  assert.ok(encodeValue("x".repeat(8), "value", 10).ok);
  for (const value of ["x".repeat(9), [1, 2, 3, 4, 5], new Uint8Array(11), { "a long key": 1 }]) {
    const encoded = encodeValue(value, "value", 10);
    assert.ok(!encoded.ok && encoded.fault.code === "too_large", JSON.stringify(encoded));
    assert.match(encoded.fault.message, /^value.* makes more than 10 bytes$/);
  }
  let laughs: unknown = "ha";
  for (let i = 0; i < 40; i++) laughs = [laughs, laughs];
  const encoded = encodeValue(laughs, "value", 1_000_000);
  assert.ok(!encoded.ok && encoded.fault.code === "too_large");
});

Deno.test("encodeValue takes a Proxy for what it pretends to be and turns what its traps throw into a fault", () => {
  assert.deepEqual(travel(new Proxy({ a: [1n] }, {})), { a: [1n] });
  const throws = (thrown: unknown) => {
    const trap = () => {
      throw thrown;
    };
    return [
      new Proxy({}, { ownKeys: trap }),
      new Proxy({ a: 1 }, { getOwnPropertyDescriptor: trap }),
      new Proxy({ a: 1 }, { get: trap }),
      new Proxy([1], { getPrototypeOf: trap }),
    ];
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const fake = Object.create(Uint8Array.prototype);
  const fake_date = Object.create(Date.prototype);
  const liar = Object.defineProperty(new Error("x"), "message", {
    get: () => {
      throw 1;
    },
  });
  for (const value of [...throws(new Error("boo")), ...throws(null), ...throws(liar), revoked.proxy, fake, fake_date]) {
    const encoded = encodeValue([value], "arguments");
    assert.ok(!encoded.ok && encoded.fault.code === "invalid_argument");
    assert.match(encoded.fault.message, /^arguments can't be read: /);
  }
});

Deno.test("encodeValue answers when a Proxy shows something else at each look", () => {
  let looks = 0;
  const shifty = new Proxy({ a: 1 }, { get: () => looks++ % 2 === 0 ? () => "x" : 5n });
  const encoded = encodeValue([shifty]);
  if (encoded.ok) decodeValue(encoded.value);
  const endless: object = new Proxy({}, {
    get: () => endless,
    ownKeys: () => ["a"],
    getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
  });
  assert.ok(!encodeValue(endless).ok);
});

Deno.test("decodeValue refuses what is malformed, by name", () => {
  const cases: [number[] | string, RegExp][] = [
    ["", /it is not JSON/],
    ["{", /it is not JSON/],
    ["[1,]", /it is not JSON/],
    ["1 2", /it is not JSON/],
    ["NaN", /it is not JSON/],
    [[0x22, 0xff, 0x22], /it is not UTF-8/],
    [[0x22, 0xed, 0xa0, 0x80, 0x22], /it is not UTF-8/],
    [[0xef, 0xbb, 0xbf, 0x31], /it is not JSON/],
    [[0], /ends within its first five bytes/],
    [[0, 0, 0, 0], /ends within its first five bytes/],
    [[0, 0, 0, 0, 0], /it is not JSON/],
    [[0, 0, 0, 0, 2, 0x31], /JSON text is longer than the payload/],
    [[0, 255, 255, 255, 255, 0x31], /JSON text is longer than the payload/],
    [[0, 0, 0, 0, 1, 0x31, 9], /bytes nobody names/],
    ['{"$":"x"}', /unknown tag "x"/],
    ['{"$":1}', /unknown tag 1/],
    ['{"\\u0024":{}}', /unknown tag \{\}/],
    ['{"$":"u","v":1}', /unknown tag "u"/],
    ['{"$":"u","a":1}', /unknown tag "u"/],
    ['{"$":"n"}', /unknown tag "n"/],
    ['{"$":"n","v":"1","w":1}', /unknown tag/],
    ['{"$":"n","v":5}', /unknown tag/],
    ['{"$":"n","v":""}', /unknown tag/],
    ['{"$":"n","v":"0x10"}', /unknown tag/],
    ['{"$":"n","v":" 1"}', /unknown tag/],
    ['{"$":"d","v":8640000000000001}', /unknown tag/],
    ['{"$":"d","v":"1"}', /unknown tag/],
    ['{"$":"d","v":1.5}', /unknown tag/],
    ['{"$":"b","v":[0,1]}', /bytes that are not there/],
    ['{"$":"b","v":[0]}', /unknown tag/],
    ['{"$":"b","v":"00"}', /unknown tag/],
    ['[[{"a":{"$":"b","v":[-1,1]}}]]', /bytes that are not there/],
    ['{"$":"b","v":[0,-1]}', /bytes that are not there/],
    ['{"$":"b","v":[0.5,0]}', /bytes that are not there/],
    ['{"$":"b","v":[9007199254740991,9007199254740991]}', /bytes that are not there/],
  ];
  for (const [bytes, why] of cases) {
    const decoded = decodeValue(typeof bytes === "string" ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes));
    assert.ok(!decoded.ok, String(bytes));
    assert.equal(decoded.fault.code, "invalid_argument");
    assert.match(decoded.fault.message, why);
    assert.match(decoded.fault.message, /^the payload is malformed: /);
  }
});

Deno.test("decodeValue refuses one span of bytes that is named twice", () => {
  const json = '[{"$":"b","v":[0,4]},{"$":"b","v":[0,4]}]';
  const decoded = decodeValue(
    Uint8Array.from([0, 0, 0, 0, json.length, ...new TextEncoder().encode(json), 1, 2, 3, 4]),
  );
  assert.ok(!decoded.ok);
});

Deno.test("decodeValue refuses a payload cut at any byte and never throws", () => {
  const whole = bytesOf([{ a: 1n, b: [new Date(0), undefined], c: Uint8Array.of(1, 2, 3), $: "ü" }]);
  for (let end = 0; end < whole.length; end++) assert.ok(!decodeValue(whole.subarray(0, end)).ok, `cut at ${end}`);
});

Deno.test("decodeValue never throws on random bytes and random JSON", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void decodeValue(bytes)), { numRuns: 3_000 });
  const key = fc.constantFrom("$", "v", "$$", "a");
  const tagged = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("n", "d", "u", "b", "5"),
      fc.nat(9),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value")),
    ),
  })).value;
  fc.assert(
    fc.property(tagged, fc.uint8Array({ maxLength: 9 }), (value, blobs) => {
      const json = new TextEncoder().encode(JSON.stringify(value));
      decodeValue(json);
      decodeValue(Uint8Array.from([0, 0, 0, json.length >> 8, json.length & 255, ...json, ...blobs]));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("decodeValue refuses a million brackets at once", () => {
  for (const bracket of ["[", '{"a":']) {
    const bytes = new TextEncoder().encode(bracket.repeat(1_000_000));
    const decoded = decodeValue(bytes);
    assert.ok(!decoded.ok && decoded.fault.code === "too_deep");
  }
});

Deno.test("decodeValue counts no brackets within strings", () => {
  const value = ['[[[["]]]]\\', "{".repeat(1_000), '\\"[', "\\\\", { '"[': "}" }, "x".repeat(200)];
  assert.deepEqual(travel(value), value);
  const hidden = `["\\\\",${"[".repeat(200)}${"]".repeat(200)}]`;
  const decoded = decodeValue(new TextEncoder().encode(hidden));
  assert.ok(!decoded.ok && decoded.fault.code === "too_deep");
});
