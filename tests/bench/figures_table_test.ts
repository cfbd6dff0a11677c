import assert from "node:assert/strict";
import { FiguresTable, ROWS } from "../../bench/figures_table.ts";

const row = (id: string) => ROWS.find((one) => one.id === id)!;

Deno.test("FiguresTable gives the median of the rounds", () => {
  const table = new FiguresTable(100);
  for (const value of [9, 1, 5]) table.note("call_p50", "ours", value);
  assert.equal(table.median("call_p50", "ours"), 5);
  assert.equal(table.median("call_p50", "floor"), undefined);
  assert.deepEqual(table.values("call_p50", "ours"), [9, 1, 5]);
});

Deno.test("timesWorse is above 1 for what is slower and for what does less in a second", () => {
  const table = new FiguresTable(100);
  table.note("call_p50", "ours", 80);
  table.note("call_p50", "floor", 40);
  table.note("rate_256", "ours", 250);
  table.note("rate_256", "floor", 1_000);
  assert.equal(table.timesWorse(row("call_p50"), "ours", "floor"), 2);
  assert.equal(table.timesWorse(row("rate_256"), "ours", "floor"), 4);
  assert.equal(table.timesWorse(row("rate_256"), "ours", "comlink"), undefined);
});

Deno.test("timesWorse makes no ratio of what is as good as nothing", () => {
  const table = new FiguresTable(100);
  table.note("idle", "ours", 3);
  table.note("idle", "floor", 0.01);
  assert.equal(table.timesWorse(row("idle"), "ours", "floor"), undefined);
});
