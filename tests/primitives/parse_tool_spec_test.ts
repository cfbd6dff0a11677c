import assert from "node:assert/strict";
import {
  DESCRIPTION_UNITS,
  MOST_TOOLS,
  PARAMS_UNITS,
  parseTools,
  parseToolSpec,
} from "../../kernel/primitives/parse_tool_spec.ts";

const TOOL = {
  entry: "read",
  description: "Reads.",
  params: { type: "object" },
  readOnly: true,
  destructive: false,
  idempotent: true,
  openWorld: false,
};

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let i = 1; i < depth; i++) value = { a: value };
  return value;
}

Deno.test("parseToolSpec gives a tool back without unknown fields", () => {
  assert.deepEqual(parseToolSpec({ ...TOOL, x: 1 }), TOOL);
});

Deno.test("parseToolSpec refuses a tool that lacks a field or has one of another type", () => {
  for (const field of Object.keys(TOOL)) {
    for (const value of [undefined, null, 5, ["x"]]) {
      assert.equal(parseToolSpec({ ...TOOL, [field]: value }), undefined, `${field} = ${value}`);
    }
  }
  for (const entry of ["", "a b", "a/b", "x".repeat(65), "é"]) {
    assert.equal(parseToolSpec({ ...TOOL, entry }), undefined);
  }
  assert.ok(parseToolSpec({ ...TOOL, entry: "x".repeat(64) }));
});

Deno.test("parseToolSpec takes descriptions and params up to their bounds and refuses one more", () => {
  assert.ok(parseToolSpec({ ...TOOL, description: "x".repeat(DESCRIPTION_UNITS) }));
  assert.equal(parseToolSpec({ ...TOOL, description: "x".repeat(DESCRIPTION_UNITS + 1) }), undefined);
  const params = (units: number) => ({ a: "x".repeat(units - 3) });
  assert.ok(parseToolSpec({ ...TOOL, params: params(PARAMS_UNITS) }));
  assert.equal(parseToolSpec({ ...TOOL, params: params(PARAMS_UNITS + 1) }), undefined);
  assert.ok(parseToolSpec({ ...TOOL, params: { a: Array(PARAMS_UNITS - 3).fill(1) } }));
  assert.equal(parseToolSpec({ ...TOOL, params: { a: Array(PARAMS_UNITS - 2).fill(1) } }), undefined);
  assert.ok(parseToolSpec({ ...TOOL, params: nested(32) }));
  assert.equal(parseToolSpec({ ...TOOL, params: nested(33) }), undefined);
});

Deno.test("parseToolSpec refuses params that are no JSON or hold __proto__", () => {
  for (const bad of [1n, undefined, new Date(), Uint8Array.of(1), NaN]) {
    assert.equal(parseToolSpec({ ...TOOL, params: { bad } }), undefined);
  }
  assert.equal(parseToolSpec({ ...TOOL, params: JSON.parse('{"a":[{"__proto__":{}}]}') }), undefined);
});

Deno.test("parseTools takes as many tools as a catalog may have and refuses one more, or two of one name", () => {
  const tools = (count: number) => Array.from({ length: count }, (_, i) => ({ ...TOOL, entry: `t${i}` }));
  assert.equal(parseTools(tools(MOST_TOOLS))?.length, MOST_TOOLS);
  assert.equal(parseTools(tools(MOST_TOOLS + 1)), undefined);
  assert.equal(parseTools([TOOL, TOOL]), undefined);
});
