import assert from "node:assert/strict";
import { clipResult } from "../../../plugins/openai/clip_result.ts";

Deno.test("clipResult gives a map as it is, and wraps what is none", () => {
  assert.deepEqual(clipResult({ a: [1, undefined, null], b: undefined }, 100), { a: [1, null, null] });
  assert.deepEqual(clipResult([1], 100), { value: [1] });
  assert.deepEqual(clipResult(undefined, 100), { value: null });
});

Deno.test("clipResult writes bytes, dates and large integers in words, and pollutes nothing", () => {
  assert.deepEqual(clipResult({ a: new Uint8Array([1, 2]), b: new Date(0), c: 2n ** 60n }, 200), {
    a: { base64: "AQI=" },
    b: "1970-01-01T00:00:00.000Z",
    c: "1152921504606846976",
  });
  const hostile = clipResult(JSON.parse('{"__proto__": {"polluted": 1}}'), 200);
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  assert.deepEqual(Object.keys(hostile), ["__proto__"]);
});

Deno.test("clipResult takes the last byte that fits, and clips the next, saying how much there is", () => {
  const data = { text: "x".repeat(10) }; // 21 bytes as JSON
  assert.deepEqual(clipResult(data, 21), data);
  const { truncated, total_bytes, beginning, hint } = clipResult(data, 20);
  assert.deepEqual([truncated, total_bytes, beginning], [true, 21, '{"text":"xxxxxxxxxx"']);
  assert.match(String(hint), /call the tool again for less/);
  assert.equal(clipResult({ a: "ää" }, 7)["beginning"], '{"a":"');
});
