import assert from "node:assert/strict";
import { LINE_NAMES } from "../../bench/line_names.ts";
import { parseOptions } from "../../bench/options.ts";

Deno.test("parseOptions measures everything in three rounds unless told otherwise", () => {
  assert.deepEqual(parseOptions([]), { quick: false, rounds: 3, only: LINE_NAMES, snapshot: undefined });
  assert.deepEqual(parseOptions(["--quick", "--only", "call,memory"]), {
    ...{ quick: true, rounds: 1 },
    ...{ only: ["call", "memory"], snapshot: undefined },
  });
  assert.equal(parseOptions(["--quick", "--rounds", "5"]).rounds, 5);
});

Deno.test("parseOptions refuses what it does not know and says what works", () => {
  for (const args of [["--fast"], ["--only", "speed"], ["--rounds", "0"], ["--rounds", "x"], ["--only"]]) {
    assert.throws(() => parseOptions(args), /what works: deno task bench/, args.join(" "));
  }
});
