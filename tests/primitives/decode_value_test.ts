import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";

Deno.test("decodeValue refuses what is malformed, by name", () => {
  const cases: [number[] | string, RegExp][] = [
    ["", /it is not JSON/],
    ["{", /it is not JSON/],
    ["[1,]", /it is not JSON/],
    ["1 2", /it is not JSON/],
    ["NaN", /it is not JSON/],
    ["\ufeff1", /it is not JSON/],
    [[0, 0, 0, 0, 3, 0x22, 0xff, 0x22], /it is not UTF-8/],
    [[0, 0, 0, 0, 5, 0x22, 0xed, 0xa0, 0x80, 0x22], /it is not UTF-8/],
    [[0, 0, 0, 0, 4, 0xef, 0xbb, 0xbf, 0x31], /it is not JSON/],
    [[], /its first five bytes are missing/],
    [[0], /its first five bytes are missing/],
    [[0, 0, 0, 0], /its first five bytes are missing/],
    [[0x31], /its first five bytes are missing/],
    [[0x5b, 0x31, 0x2c, 0x32, 0x5d], /its first five bytes are missing/],
    [[1, 0, 0, 0, 1, 0x31], /its first five bytes are missing/],
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
    ['{"$":"f"}', /unknown tag "f"/],
    ['{"$":"f","v":0}', /unknown tag "f"/],
    ['{"$":"s","v":0}', /unknown tag "s"/],
    ['{"$":"k","v":"x"}', /unknown tag "k"/],
    ['{"$":"a"}', /unknown tag "a"/],
    ['[[{"a":{"$":"b","v":[-1,1]}}]]', /bytes that are not there/],
    ['{"$":"b","v":[0,-1]}', /bytes that are not there/],
    ['{"$":"b","v":[0.5,0]}', /bytes that are not there/],
    ['{"$":"b","v":[9007199254740991,9007199254740991]}', /bytes that are not there/],
  ];
  for (const [bytes, why] of cases) {
    const decoded = decodeValue(typeof bytes === "string" ? bytes : Uint8Array.from(bytes));
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
  const encoded = encodeValue([{ a: 1n, b: [new Date(0), undefined], c: Uint8Array.of(1, 2, 3), $: "ü" }]);
  assert.ok(encoded.ok);
  const whole = encoded.value;
  assert.ok(typeof whole !== "string");
  for (let end = 0; end < whole.length; end++) assert.ok(!decodeValue(whole.subarray(0, end)).ok, `cut at ${end}`);
  const text = encodeValue([{ a: 1n, b: [new Date(0), undefined], $: "ü" }]);
  assert.ok(text.ok && typeof text.value === "string");
  for (let end = 0; end < text.value.length; end++) {
    assert.ok(!decodeValue(text.value.slice(0, end)).ok, `cut at ${end}`);
  }
});

Deno.test("decodeValue never throws on random bytes, random text and random JSON", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void decodeValue(bytes)), { numRuns: 3_000 });
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void decodeValue(text)), { numRuns: 1_000 });
  const key = fc.constantFrom("$", "v", "$$", "a");
  const tagged = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("n", "d", "u", "b", "f", "s", "k", "a", "5"),
      fc.nat(9),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value")),
    ),
  })).value;
  fc.assert(
    fc.property(tagged, fc.uint8Array({ maxLength: 9 }), (value, blobs) => {
      const text = JSON.stringify(value);
      const json = new TextEncoder().encode(text);
      decodeValue(text);
      decodeValue(Uint8Array.from([0, 0, 0, json.length >> 8, json.length & 255, ...json, ...blobs]));
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("decodeValue refuses a million brackets at once", () => {
  for (const bracket of ["[", '{"a":']) {
    const text = bracket.repeat(1_000_000);
    const json = new TextEncoder().encode(text);
    const bytes = Uint8Array.from([0, json.length >> 24, json.length >> 16, json.length >> 8, json.length, ...json]);
    for (const payload of [text, bytes]) {
      const decoded = decodeValue(payload);
      assert.ok(!decoded.ok && decoded.fault.code === "too_deep");
    }
  }
});
