import assert from "node:assert/strict";
import { Cell } from "../../kernel/cell/mod.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import { cellsMemory, MemoryCeiling } from "../../kernel/memory_ceiling.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const MIB = 1_048_576;

function script(most_mb: number) {
  const cells: Cell[] = [];
  const ended: string[] = [];
  const ceiling = new MemoryCeiling(most_mb, {
    cells: () => cells,
    end: (cell, why, { found, allowed }) => ended.push(`${cell.id} ${found} of ${allowed}: ${why.split(";")[0]}`),
  });
  const takes = (name: string, mb: number) => {
    let cell = cells.find(({ base }) => base === name);
    if (cell === undefined) cells.push(cell = new Cell(`${name}~1` as CellId, new FakeClock(), { memory_mb: 128 }));
    cell.take({ t: "figures" }, JSON.stringify({ rss: (mb + 32) * MIB, cpu_ms: 0, instances: [] }));
    ceiling.look();
  };
  return { cells, ended, ceiling, takes };
}

Deno.test("MemoryCeiling ends one cell when all take too much, once, and no other before that one is gone", () => {
  const { cells, ended, ceiling, takes } = script(150);
  takes("a", 70);
  takes("b", 80);
  assert.deepEqual(ended, []);
  takes("b", 81);
  takes("b", 90);
  assert.deepEqual(ended, ["b~1 151 of 150: cells_memory_mb: found 151, allowed 150"]);
  cells.splice(1, 1);
  ceiling.look();
  takes("a", 151);
  assert.equal(ended.length, 2);
});

Deno.test("MemoryCeiling lets a cell be started while there is one megabyte of room, and none when there is none", () => {
  const { ceiling, takes } = script(150);
  takes("a", 149);
  assert.equal(ceiling.refuse("b"), undefined);
  takes("a", 150);
  assert.match(ceiling.refuse("b")!.message, /^'b' gets no process: all together take 150 MB/);
});

Deno.test("cellsMemory is what the meta file says, else three quarters of the machine, else there is no ceiling", () => {
  assert.deepEqual([cellsMemory(300, 1_000), cellsMemory(0, 1_000), cellsMemory(0, undefined)], [300, 750, Infinity]);
  const { ceiling, takes, ended } = script(Infinity);
  takes("a", 1e9);
  assert.deepEqual([ended, ceiling.refuse("b")], [[], undefined]);
});
