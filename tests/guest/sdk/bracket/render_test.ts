import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  type BracketValue,
  clipOutcome,
  readTurn,
  renderResult,
  renderValue,
} from "../../../../kernel/guest/sdk/bracket/mod.ts";
import { measure } from "../../../../kernel/guest/sdk/bracket/rendered_bytes.ts";
import { SEED, value } from "./arbitraries.ts";

const F = "```";

Deno.test("what renderValue writes reads back as the same value, for 100,000 random ones", () => {
  fc.assert(
    fc.property(value, (value) => {
      const [block] = readTurn(`${F}tool\n{call: t, params: {value: ${renderValue(value)}}}\n${F}\n`);
      assert.equal(block!.error, null);
      assert.deepEqual(block!.warnings, []);
      assert.deepEqual(block!.calls[0]!.params["value"], value);
    }),
    { numRuns: 100_000, seed: SEED },
  );
});

Deno.test("measure counts the bytes that renderValue writes, and no clipped block has more than it may, for random values", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  fc.assert(
    fc.property(value, fc.integer({ min: 160, max: 600 }), (data, most) => {
      assert.equal(measure(data).bytes, bytes(renderValue(data)));
      const outcome = {
        result: "t",
        status: "success",
        data: { a: data, b: [data, data, data], c: [[data]] },
      } as const;
      const clipped = clipOutcome(outcome, most, "");
      assert.ok(bytes(renderResult(clipped)) <= most);
      assert.equal(clipped === outcome, bytes(renderResult(outcome)) <= most);
    }),
    { numRuns: 20_000, seed: SEED },
  );
});

Deno.test("renderResult writes one brace, colons and commas, within a fence longer than any inside", () => {
  assert.equal(
    renderResult({ result: "filesystem_read_file", status: "success", data: { content: "import os\nimport logging" } }),
    `${F}result\n{result: filesystem_read_file, status: success, data: {content: "import os\\nimport logging"}}\n${F}\n`,
  );
  assert.equal(
    renderResult({ result: "t", status: "error", id: "c1", error: { code: "not_found", retriable: false } }),
    `${F}result\n{result: t, status: error, id: "c1", error: {code: "not_found", retriable: false}}\n${F}\n`,
  );
  assert.equal(renderResult({ result: "t", status: "success", data: [F, "````"] }).split("result")[0], "`````");
  assert.match(renderResult({ result: "t", status: "success", data: 7 }), /data: \{value: 7\}/);
});

Deno.test("renderValue needs no stack, for what is wide or deep", () => {
  let deep: BracketValue = 1;
  for (let i = 0; i < 300_000; i++) deep = i % 2 ? [deep] : { d: deep };
  assert.ok(renderValue(deep).length > 900_000);
  assert.equal(renderValue(Array(500_000).fill(1)).length, 3 * 500_000);
});
