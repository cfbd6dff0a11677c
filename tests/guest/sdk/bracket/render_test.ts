import assert from "node:assert/strict";
import { type BracketValue, readTurn, renderResult, renderValue } from "../../../../kernel/guest/sdk/bracket/mod.ts";

const F = "```";
/** Mulberry32: the same values in each run. */
function randomness(seed: number): () => number {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4_294_967_296;
  };
}
const CHARS = [
  '"',
  "\\",
  "\n",
  "`",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  " ",
  "\t",
  "a",
  "é",
  "😀",
  "\u0000",
  "\ud800",
  "/",
  "-",
  "1",
];
function randomValue(random: () => number, depth: number): BracketValue {
  const pick = Math.floor(random() * (depth > 0 ? 8 : 6));
  const text = () =>
    Array.from({ length: Math.floor(random() * 12) }, () => CHARS[Math.floor(random() * CHARS.length)]).join("");
  switch (pick) {
    case 0:
      return [true, false, null][Math.floor(random() * 3)]!;
    case 1:
      return Math.floor((random() - 0.5) * 1e6);
    case 2:
      return (random() - 0.5) * 10 ** Math.floor(random() * 600 - 300);
    case 3:
      return [-0, 2 ** 53, 2 ** 60, -(2 ** 70), 5e-324, 1.7976931348623157e308, 1e21][Math.floor(random() * 7)]!;
    case 4:
      return ["true", "null", "1", "-0", "", "__proto__", "a.ts"][Math.floor(random() * 7)]!;
    case 5:
      return text();
    case 6:
      return Array.from({ length: Math.floor(random() * 4) }, () => randomValue(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: Math.floor(random() * 4) }, () => [text(), randomValue(random, depth - 1)]),
      );
  }
}

Deno.test("what renderValue writes reads back as the same value, for 100,000 random ones", () => {
  const random = randomness(7);
  for (let i = 0; i < 100_000; i++) {
    const value = randomValue(random, 4);
    const text = `${F}tool\n{call: t, params: {value: ${renderValue(value)}}}\n${F}\n`;
    const [block] = readTurn(text);
    assert.equal(block!.error, null, text);
    assert.deepEqual(block!.warnings, [], text);
    assert.deepEqual(block!.calls[0]!.params["value"], value, text);
  }
});

Deno.test("renderResult writes one brace, colons and commas, within a fence longer than any inside", () => {
  assert.equal(
    renderResult({ result: "filesystem_read_file", status: "success", data: { content: "import os\nimport logging" } }),
    `${F}result\n{result: filesystem_read_file, status: success, data: {content: "import os\\nimport logging"}}\n${F}\n`,
  );
  assert.equal(
    renderResult({ result: "t", status: "error", id: "c1", error: { code: "not_found", retriable: false } }),
    `${F}result\n{result: t, status: error, id: "c1", error: {code: "not_found", retriable: false}}\n${F}\n`,
  );
  assert.equal(renderResult({ result: "t", status: "success", data: [F, "````"] }).split("result")[0], "`````");
  assert.match(renderResult({ result: "t", status: "success", data: 7 }), /data: \{value: 7\}/);
});
