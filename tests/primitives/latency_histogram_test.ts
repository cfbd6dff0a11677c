import assert from "node:assert/strict";
import fc from "fast-check";
import { LatencyHistogram } from "../../kernel/primitives/latency_histogram.ts";

Deno.test("LatencyHistogram has no quantile while it is empty", () => {
  const histogram = new LatencyHistogram();
  assert.equal(histogram.quantile(0.5), undefined);
  histogram.record(1);
  histogram.clear();
  assert.equal(histogram.quantile(0.5), undefined);
  assert.equal(histogram.count, 0);
});

Deno.test("LatencyHistogram tells a quantile within a tenth", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 10_000_000, noNaN: true }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (times, q) => {
        const histogram = new LatencyHistogram();
        for (const ms of times) histogram.record(ms);
        const sorted = times.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
        const told = histogram.quantile(q)!;
        assert.ok(told >= exact * 0.99 && told <= exact * 1.11, `${told} for ${exact}`);
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("LatencyHistogram takes anything for a time", () => {
  const histogram = new LatencyHistogram();
  for (const ms of [0, -5, NaN]) histogram.record(ms);
  assert.equal(histogram.quantile(1), 0.01);
  histogram.record(Infinity);
  assert.ok(histogram.quantile(1)! > 3_600_000 && Number.isFinite(histogram.quantile(1)));
  assert.equal(histogram.count, 4);
});

Deno.test("LatencyHistogram tells what it counted to another one, which adds it to its own", () => {
  const [one, other] = [new LatencyHistogram(), new LatencyHistogram()];
  for (const ms of [1, 1, 500]) one.record(ms);
  assert.deepEqual(one.counts().map(([, count]) => count), [2, 1]);
  other.record(500);
  other.add(JSON.parse(JSON.stringify(one.counts())));
  assert.deepEqual([other.count, other.quantile(0.5), other.quantile(1)], [4, one.quantile(0.5), one.quantile(1)]);
  other.add([[9_999, 1]]);
  assert.ok(other.quantile(1)! > 3_600_000, "a bucket beyond the last is the last");
});
