import assert from "node:assert/strict";
import { renderCoverage } from "../../../kernel/workbench/mod.ts";
import { addCounts, type LineCounts } from "../../../kernel/workbench/testing/coverage.ts";
import { coverageOf } from "../../../kernel/workbench/testing/render_coverage.ts";

Deno.test("coverage adds counts of a line and shows lines that never ran as ranges", () => {
  const sum: LineCounts = {};
  addCounts(sum, { "b.ts": { 1: 0, 2: 0, 3: 0, 5: 0, 9: 1 } }, (file) => `plugins/${file}`);
  addCounts(sum, { "b.ts": { 1: 2 }, "a.ts": { 1: 1 } }, (file) => `plugins/${file}`);
  addCounts(sum, "a lie", (file) => file);
  assert.equal(
    renderCoverage(coverageOf(sum)),
    `coverage:
  plugins/a.ts  100.0 % (1 of 1 lines)
  plugins/b.ts  40.0 % (2 of 5 lines), not run: 2-3, 5`,
  );
});

Deno.test("coverage of nothing says so", () => {
  assert.equal(renderCoverage([]), "coverage: no module was loaded");
});
