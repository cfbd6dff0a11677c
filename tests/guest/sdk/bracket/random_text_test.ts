/** Whatever a model writes is read or refused: never a throw, and no split makes a difference. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { readTurn, TurnReader } from "../../../../kernel/guest/sdk/bracket/mod.ts";
import { INPUTS, modelText, SEED } from "./arbitraries.ts";

Deno.test(`readTurn takes ${INPUTS} random texts without a throw`, () => {
  fc.assert(fc.property(modelText, (text) => void readTurn(text)), { numRuns: INPUTS, seed: SEED });
});

Deno.test(`TurnReader reads ${INPUTS / 10} random texts in three pieces as in one`, () => {
  const cut = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(modelText, cut, cut, (text, ...cuts) => {
      const [first, second] = cuts.map((at) => Math.round(at * text.length)).sort((a, b) => a - b);
      const reader = new TurnReader();
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
      const blocks = [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
      assert.deepEqual(blocks, readTurn(text));
    }),
    { numRuns: INPUTS / 10, seed: SEED },
  );
});
