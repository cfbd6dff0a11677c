import assert from "node:assert/strict";
import { type Figures, onProbation } from "../../../plugins/gate/probation.ts";

const BOUNDS = { max_faults: 0.1, ms: 2_000 };
async function passes(...figures: (Figures | undefined)[]): Promise<[why: string | undefined, looks: number]> {
  let looks = 0;
  const why = await onProbation(
    () => Promise.resolve(figures[Math.min(looks++, figures.length - 1)]),
    BOUNDS,
    () => Promise.resolve(),
  );
  return [why, looks];
}
const of = (calls: number, faults: number): Figures => ({ calls, faults });

Deno.test("one on probation passes when its time is over, whatever had failed before", async () => {
  assert.deepEqual(await passes(of(100, 90)), [undefined, 5]);
  assert.deepEqual(await passes(undefined), [undefined, 5]);
});

Deno.test("more faults than are allowed, and more than two, take it back at once", async () => {
  assert.deepEqual(await passes(of(100, 90), of(102, 92)), [undefined, 5], "two say nothing");
  assert.deepEqual(await passes(of(0, 0), of(30, 3)), [undefined, 5], "as many as are allowed");
  assert.deepEqual(await passes(of(0, 0), of(29, 3)), [
    "3 of 29 calls failed since it was adopted; 10 % are allowed",
    2,
  ]);
});

Deno.test("figures that begin anew with another kernel are counted from there", async () => {
  assert.deepEqual(await passes(of(100, 0), of(2, 2), of(4, 2)), [undefined, 5]);
  assert.deepEqual(
    (await passes(of(100, 0), of(0, 0), of(5, 5)))[0],
    "5 of 5 calls failed since it was adopted; 10 % are allowed",
  );
});
