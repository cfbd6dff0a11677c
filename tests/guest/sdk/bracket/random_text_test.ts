/** Whatever a model writes is read or refused: never a throw, and no split makes a difference. FUZZ_INPUTS and FUZZ_SEED set others. */
import assert from "node:assert/strict";
import { readTurn, TurnReader } from "../../../../kernel/guest/sdk/bracket/mod.ts";

const INPUTS = Number(Deno.env.get("FUZZ_INPUTS") ?? 500_000);
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 11);
const PARTS = [
  ...'{}[]:,"\\ \n`~\r\ta1-.é',
  ...[
    "```",
    "```tool\n",
    "\n```\n",
    "~~~tool\n",
    "{call: t}",
    "{call: t, params: {",
    "params",
    '"x"',
    "\\u",
    "\\u{",
    "true",
    "1e5",
    "__proto__",
    "😀",
  ],
];

Deno.test(`readTurn takes ${INPUTS} random texts without a throw, in pieces as in one`, () => {
  let seed = SEED;
  const random = (most: number) => {
    seed = Math.imul(seed, 1_664_525) + 1_013_904_223 | 0;
    return (seed >>> 8) % most;
  };
  for (let i = 0; i < INPUTS; i++) {
    let text = random(3) === 0 ? "" : "```tool\n";
    for (let length = random(14); length > 0; length--) text += PARTS[random(PARTS.length)];
    const whole = readTurn(text);
    if (i % 10 !== 0) continue;
    const at = random(text.length + 1);
    const reader = new TurnReader();
    const pieces = [...reader.feed(text.slice(0, at)), ...reader.feed(text.slice(at)), ...reader.end()];
    assert.deepEqual(pieces, whole, JSON.stringify(text));
  }
});
