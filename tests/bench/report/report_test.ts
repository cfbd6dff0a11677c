import assert from "node:assert/strict";
import { FiguresTable } from "../../../bench/figures_table.ts";
import { chart } from "../../../bench/report/chart.ts";
import { jsonDocument } from "../../../bench/report/json_document.ts";
import { machineOf } from "../../../bench/report/machine.ts";
import { round, textTable } from "../../../bench/report/text_table.ts";

function measured(): FiguresTable {
  const table = new FiguresTable(20);
  for (const value of [80, 84, 200]) table.note("call_p50", "ours", value);
  table.note("call_p50", "floor", 42);
  table.note("call_p50", "comlink", 21);
  table.note("call_p50", "capnweb", 28);
  table.note("boot", "ours", 1_234);
  table.note("boot", "floor", 617);
  table.remark("it rained");
  return table;
}

Deno.test("textTable shows medians and stands ours beside the floor and the best peer", () => {
  const lines = textTable(measured()).trimEnd().split("\n").map((line) => line.split(/ {2,}/));
  assert.deepEqual(lines, [
    ["median", "ours", "floor", "comlink", "capnweb", "http-worker", "ours : floor", "ours : best peer"],
    ["call, one in flight, p50, pinned", "µs", "84", "42", "21", "28", "–", "2 ×", "4 ×"],
    ["20 modules, until all have answered", "ms", "1,230", "617", "–", "–", "–", "2 ×", "–"],
  ]);
});

Deno.test("round keeps three digits", () => {
  assert.deepEqual([0.01234, 1.239, 84.26, 123.4, 999_999, undefined].map(round), [
    ...["0.0123", "1.24", "84.3", "123", "1,000,000", "–"],
  ]);
});

Deno.test("the JSON document has every round, and the remarks", () => {
  const document = JSON.parse(jsonDocument(measured(), machineOf(), { time: "now", quick: true }));
  assert.deepEqual(document.rows[0].figures.ours, { median: 84, rounds: [80, 84, 200] });
  assert.equal(document.rows[0].ours_times_worse_than_floor, 2);
  assert.deepEqual(document.remarks, ["it rained"]);
  assert.equal(document.rows.length, 2);
});

Deno.test("the chart has a line for each figure that the floor has too, and escapes what it is told", () => {
  const svg = chart(measured(), "a < b & c");
  assert.match(svg, /a &lt; b &amp; c/);
  assert.equal(svg.match(/<title>ours: /g)?.length, 2);
  assert.match(svg, /<title>comlink: 21 µs<\/title>/);
  assert.doesNotMatch(svg, /NaN|undefined/);
});
