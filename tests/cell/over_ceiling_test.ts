import assert from "node:assert/strict";
import { type CellMemory, isNoRoom, noRoom, overCeiling } from "../../kernel/cell/mod.ts";

const MIB = 1_048_576;
const cell = (name: string, mb: number, memory_mb = 100) =>
  ({ cell: `${name}~1`, own: mb * MIB, memory_mb }) as CellMemory;
const victim = (most_mb: number, ...cells: CellMemory[]) => overCeiling(cells, most_mb * MIB)?.cell;

Deno.test("overCeiling lets all together take the last byte that they may, and no byte more", () => {
  assert.equal(victim(300, cell("a", 100), cell("b", 200)), undefined);
  assert.equal(overCeiling([cell("a", 100), cell("b", 200)], 300 * MIB - 1)?.cell, "b~1");
  assert.equal(victim(0), undefined);
});

Deno.test("overCeiling picks who is furthest above its fair share: a small one that has grown, not a large one that was promised more", () => {
  // Shares of 400 by limits 100 and 300: 100 and 300.
  assert.equal(victim(400, cell("small", 150, 100), cell("large", 290, 300)), "small~1");
  assert.equal(victim(400, cell("small", 90, 100), cell("large", 320, 300)), "large~1");
});

Deno.test("overCeiling picks the larger of two that are as far above", () => {
  assert.equal(victim(200, cell("a", 110, 50), cell("b", 210, 150)), "b~1");
  assert.equal(victim(100, cell("a", 70), cell("b", 70)), "a~1");
});

Deno.test("overCeiling ends nobody for what a process takes by itself, however large another one's promise is", () => {
  assert.equal(victim(500, cell("small", 32, 10), cell("large", 470, 2_000)), undefined);
  assert.equal(victim(500, cell("small", 33, 10), cell("large", 470, 2_000)), "small~1");
  assert.equal(victim(50, cell("a", 30), cell("b", 30)), undefined);
});

Deno.test("isNoRoom knows the refusal of a start above the ceiling, and no other", () => {
  const why = noRoom("a", 301, 300);
  assert.deepEqual([why.code, why.message, isNoRoom(why)], [
    "quota",
    "'a' gets no process: all together take 301 MB, cells_memory_mb allows 300",
    true,
  ]);
  assert.equal(isNoRoom({ ...why, retriable: false }), false);
  assert.equal(isNoRoom({ ...why, message: "state too large" }), false);
});
