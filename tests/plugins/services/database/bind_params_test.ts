import assert from "node:assert/strict";
import { bindParams } from "../../../../plugins/services/database/bind_params.ts";
import { faultOf } from "../../scripted_kernel.ts";

Deno.test("bindParams makes whole numbers integers and booleans 0 and 1", () => {
  const bytes = new Uint8Array([1]);
  assert.deepEqual(bindParams([1, 1.5, 2 ** 53, 2n ** 63n - 1n, true, false, null, "x", bytes], 9), [
    ...[1n, 1.5, 2 ** 53, 2n ** 63n - 1n, 1n, 0n, null, "x", bytes],
  ]);
});

Deno.test("bindParams refuses what SQLite has no type for, and says what to pass instead", async () => {
  const refused: [unknown, string, RegExp][] = [
    [undefined, "undefined", /null/],
    [new Date(0), "a Date", /toISOString/],
    [NaN, "NaN", /finite/],
    [2n ** 63n, "a bigint of more than 64 bits", /64 bits/],
    [-(2n ** 63n) - 1n, "a bigint of more than 64 bits", /64 bits/],
    [{}, "an object", /JSON/],
    [[], "a list", /JSON/],
    ["a\0", "text with a NUL character", /bytes/],
    ["\ud800", "text with lone surrogates", /bytes/],
    [() => 1, "a function", /text or bytes/],
  ];
  for (const [value, name, hint] of refused) {
    const refusal = await faultOf(() => bindParams([1, value], 2));
    assert.deepEqual([refusal.code, refusal.message], ["invalid_argument", `params[1] is ${name}`]);
    assert.match(refusal.hint, hint);
  }
});

Deno.test("bindParams refuses fewer and more values than placeholders, and what is no list", async () => {
  for (const params of [[], [1, 2], {}, "x", null, new Uint8Array(1)]) {
    assert.equal((await faultOf(() => bindParams(params, 1))).code, "invalid_argument");
  }
  assert.equal((await faultOf(() => bindParams(new Array(1), 1))).message, "params[0] is undefined");
});
