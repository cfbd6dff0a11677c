import assert from "node:assert/strict";
import { describeParams } from "../../../kernel/workbench/check/describe_params.ts";

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
