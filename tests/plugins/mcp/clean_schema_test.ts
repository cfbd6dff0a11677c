import assert from "node:assert/strict";
import { cleanSchema, EXPANDED, SCHEMA_DEPTH, SCHEMA_UNITS } from "../../../plugins/mcp/clean_schema.ts";

const whyNot = (schema: unknown): string | undefined => {
  const clean = cleanSchema(schema);
  return clean.ok ? undefined : clean.why;
};
const nested = (depth: number): unknown => depth === 0 ? true : { a: nested(depth - 1) };

Deno.test("cleanSchema takes an ordinary schema as it is, without the words that name it", () => {
  const rest = {
    type: "object",
    properties: {
      city: { type: "string", description: "Where." },
      tags: { type: "array", items: { $ref: "#/$defs/tag" } },
    },
    required: ["city"],
    $defs: { tag: { type: "string", enum: ["a", "b"] } },
  };
  assert.deepEqual(cleanSchema({ $schema: "http://json-schema.org/draft-07/schema#", $id: "x", ...rest }), {
    ok: true,
    schema: rest,
  });
});

Deno.test("cleanSchema cleans texts, and leaves properties alone that are called like one", () => {
  const clean = cleanSchema({ description: "a\u001b[2J\u202eb", properties: { title: { title: "x\ny" } } });
  assert.deepEqual(clean, { ok: true, schema: { description: "a [2J b", properties: { title: { title: "x y" } } } });
});

Deno.test("cleanSchema takes so many characters, such a depth, and no more", () => {
  // Each value counts as one more: the map, its list and each text in it.
  const text = (units: number) => ({ enum: ["x".repeat(units)] });
  const least = 1 + "enum".length + 1 + 1;
  assert.equal(whyNot(text(SCHEMA_UNITS - least)), undefined);
  assert.match(whyNot(text(SCHEMA_UNITS - least + 1))!, /more than 16384 characters/);
  assert.equal(whyNot(nested(SCHEMA_DEPTH)), undefined);
  assert.match(whyNot(nested(SCHEMA_DEPTH + 1))!, /nested deeper than 16/);
  assert.match(whyNot({ description: "x".repeat(2_000_000), enum: "y".repeat(20_000) })!, /more than 16384/);
});

Deno.test("cleanSchema refuses what leads out of the schema, round in it, or nowhere", () => {
  const refers = ($ref: string, $defs = {}) => ({ properties: { a: { $ref } }, $defs });
  assert.equal(whyNot(refers("#/$defs/b", { b: {} })), undefined);
  assert.match(whyNot(refers("https://x.example/y"))!, /only #\/\$defs\/NAME is followed/);
  assert.match(whyNot(refers("#"))!, /refers to '#'/);
  assert.match(whyNot(refers("#/$defs/none"))!, /which is not there/);
  assert.match(whyNot(refers("#/$defs/toString"))!, /which is not there/);
  assert.match(whyNot(refers("#/$defs/b", { b: { $ref: "#/$defs/b" } }))!, /refers to itself/);
  assert.match(
    whyNot(refers("#/$defs/b", { b: { not: { $ref: "#/$defs/c" } }, c: { anyOf: [{ $ref: "#/$defs/b" }] } }))!,
    /refers to itself by #\/\$defs\/b/,
  );
  for (const word of ["$dynamicRef", "$anchor", "$id", "$recursiveRef"]) {
    assert.equal(whyNot({ properties: { a: { [word]: "x" } } }), `it uses ${word}`);
  }
  assert.equal(whyNot({ properties: { id: { type: "string" } } }), undefined, "a property may be called so");
  assert.match(whyNot(JSON.parse('{"properties": {"__proto__": {}}}'))!, /__proto__/);
  for (const none of [null, [], "text", 5, undefined]) assert.equal(whyNot(none), "it is no map");
});

Deno.test("cleanSchema bounds what references expand to", () => {
  const twice = (levels: number) => ({
    allOf: [{ $ref: "#/$defs/d0" }],
    $defs: Object.fromEntries(
      Array.from({ length: levels }, (_, i) => [
        `d${i}`,
        i === levels - 1 ? {} : { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
      ]),
    ),
  });
  assert.equal(whyNot(twice(10)), undefined);
  assert.match(whyNot(twice(11))!, new RegExp(`expand to more than ${EXPANDED} places`));
});
