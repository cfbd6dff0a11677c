import assert from "node:assert/strict";
import type { ShareSide } from "../../../kernel/guest/sdk/mod.ts";
import { shareFinding } from "../../../plugins/gate/share_finding.ts";

const BOUNDS = { max_faults: 0.1, slower: 2 };
const side = (calls: number, faults: number, p99_ms: number | null = 10): ShareSide => ({ calls, faults, p99_ms });
const passes = (candidate: ShareSide, current: ShareSide) => shareFinding({ candidate, current }, BOUNDS).passed;

Deno.test("a candidate may fail as often as its predecessor, and a little more; its first call too many ends it", () => {
  assert.ok(passes(side(100, 10), side(100, 0)));
  assert.ok(!passes(side(100, 11), side(100, 0)));
  assert.ok(passes(side(100, 60), side(100, 50)), "what fails anyhow is not held against it");
  assert.ok(passes(side(0, 0, null), side(100, 0)), "nobody has called it");
});

Deno.test("a candidate may be so many times slower; few calls say nothing of that", () => {
  assert.ok(passes(side(20, 0, 250), side(20, 0, 100)));
  assert.ok(!passes(side(20, 0, 251), side(20, 0, 100)));
  assert.ok(passes(side(19, 0, 900), side(20, 0, 100)));
});

Deno.test("the finding says what both sides did", () => {
  const { said } = shareFinding({ candidate: side(40, 30, 12.4), current: side(41, 1, null) }, BOUNDS);
  assert.equal(
    said,
    "it fails more often: its calls: 30 of 40 failed, p99 12 ms; those of what it would replace: 1 of 41 failed",
  );
});
