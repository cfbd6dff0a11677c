import assert from "node:assert/strict";
import { toRanges } from "../../kernel/primitives/id_ranges.ts";

Deno.test("toRanges joins neighbours and repetitions, whatever their order", () => {
  assert.deepEqual(toRanges([5, 1, 2, 2, 3, 9, 8]), [[1, 3], [5, 5], [8, 9]]);
  assert.deepEqual(toRanges([]), []);
});
