import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText } from "../../kernel/config/canonical_text.ts";

Deno.test("canonicalText is the same for maps that differ in the order of keys only", () => {
  assert.equal(canonicalText({ b: [1, { d: 1, c: 2 }], a: null }), canonicalText({ a: null, b: [1, { c: 2, d: 1 }] }));
});

Deno.test("canonicalText tells apart what JSON does not", () => {
  const values = [
    null,
    undefined,
    0,
    -0,
    "0",
    NaN,
    "null",
    [],
    {},
    [null],
    [undefined],
    { a: undefined },
    new Date(0),
    "date(0)",
    new Uint8Array([1]),
    "bytes(01)",
    new Uint8Array(),
    { a: 1, b: 2 },
    { "a:1,b": 2 },
  ];
  assert.equal(new Set(values.map(canonicalText)).size, values.length);
});

Deno.test("canonicalText reads __proto__ as a key", () => {
  assert.notEqual(canonicalText(JSON.parse('{"__proto__": 1}')), canonicalText({}));
});

Deno.test("canonicalText is equal for a copy of any JSON value", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assert.equal(canonicalText(structuredClone(value)), canonicalText(value));
  }));
});
