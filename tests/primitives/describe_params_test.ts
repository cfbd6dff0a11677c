import assert from "node:assert/strict";
import { describeParams } from "../../kernel/primitives/describe_params.ts";

Deno.test("describeParams names each param with its type, a mark on those that may be left out", () => {
  const schema = {
    type: "object",
    properties: {
      title: { type: "string" },
      n: { type: ["integer", "null"] },
      mode: { enum: ["a", "b"] },
      tags: { type: "array", items: { type: "string" } },
      at: { anyOf: [{ type: "number" }, { const: "now" }] },
      any: {},
    },
    required: ["title"],
  };
  assert.equal(
    describeParams(schema),
    'title: string, n?: integer | null, mode?: "a" | "b", tags?: list of string, at?: number | "now", any?: anything',
  );
});

Deno.test("describeParams says any map where the schema bounds nothing, nothing where there are no params", () => {
  assert.equal(describeParams({ type: "object" }), "any map");
  assert.equal(describeParams({ type: "object", additionalProperties: false }), "");
});

Deno.test("describeParams stops after twelve names", () => {
  const properties = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`p${i}`, { type: "null" }]));
  assert.match(describeParams({ properties }), /p11\?: null, …$/);
});

Deno.test("describeParams goes as deep as it is told, and quotes what is more than a word", () => {
  const inner = { type: "object", properties: { x: { type: "object", properties: { y: {} } } }, required: ["x"] };
  const schema = { properties: { a: inner, "b c": { type: "array", items: inner } } };
  assert.equal(describeParams(schema), 'a?: object, "b c"?: list of object');
  assert.equal(describeParams(schema, { levels: 1 }), 'a?: {x: object}, "b c"?: list of {x: object}');
  assert.equal(describeParams(schema, { levels: 2, names: 1 }), "a?: {x: {y?: anything}}, …");
  assert.equal(describeParams({ properties: { "a\nb": { const: "x\ny" } } }), String.raw`"a\\u{a}b"?: "x\\u{a}y"`);
});

Deno.test("describeParams ends where it was told to", () => {
  const wide = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, { type: "string" }]));
  let schema: Record<string, unknown> = { type: "object", properties: wide };
  for (let i = 0; i < 30; i++) {
    schema = { type: "object", properties: { ...wide, schema, again: { anyOf: [schema, schema] } } };
  }
  const text = describeParams(schema, { names: 500, levels: 30, units: 1_000 });
  assert.ok(text.length < 1_500, `${text.length}`);
});

Deno.test("describeParams shows sixty units of a value, and marks where more followed", () => {
  const shown = (value: string) => describeParams({ properties: { a: { const: value } } });
  assert.equal(shown("x".repeat(60)), `a?: "${"x".repeat(60)}"`);
  assert.equal(shown("x".repeat(61)), `a?: "${"x".repeat(59)}…"`);
});
