import assert from "node:assert/strict";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { figuresDiffer } from "../../../kernel/guest/shell/figures.ts";

const one = { instance: "1.1" as InstanceId, active_tasks: 0, error_count: 0, last_error_time: null };
const figures = { rss: 50_000_000, cpu_ms: 100, instances: [one] };

Deno.test("figuresDiffer ignores what the guard's own looks cost, and nothing else", () => {
  assert.equal(figuresDiffer(undefined, figures), true);
  assert.equal(figuresDiffer(figures, figures), false);
  assert.equal(figuresDiffer(figures, { ...figures, rss: figures.rss + 1_048_575, cpu_ms: 149 }), false);
  assert.equal(figuresDiffer(figures, { ...figures, rss: figures.rss - 1_048_576 }), true);
  assert.equal(figuresDiffer(figures, { ...figures, cpu_ms: 150 }), true);
  assert.equal(figuresDiffer(figures, { ...figures, instances: [] }), true);
  for (
    const change of [{ active_tasks: 1 }, { error_count: 1 }, { last_error_time: 5 }, { instance: "1.2" as InstanceId }]
  ) {
    assert.equal(figuresDiffer(figures, { ...figures, instances: [{ ...one, ...change }] }), true);
  }
});
