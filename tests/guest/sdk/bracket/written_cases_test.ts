/** The grammar by its cases (cases/*.txt, which say how they are written): read at once, in every two pieces, character by character, and cut at every byte. */
import assert from "node:assert/strict";
import { type BracketBlock, readTurn, TurnReader } from "../../../../kernel/guest/sdk/bracket/mod.ts";
import { readCases } from "./read_cases.ts";

const CASES = await readCases(new URL("cases/", import.meta.url));

Deno.test("there are two hundred cases at least, none of them twice", () => {
  assert.ok(CASES.length >= 200, `${CASES.length}`);
  assert.equal(new Set(CASES.map(({ text }) => text)).size, CASES.length);
  assert.equal(new Set(CASES.map(({ name }) => name)).size, CASES.length);
});

function fed(pieces: readonly string[]): BracketBlock[] {
  const reader = new TurnReader();
  return [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
}
/** What a case says of blocks: all but the words of messages. */
function facts(blocks: readonly BracketBlock[]) {
  return blocks.map(({ line, calls, error, warnings }) => ({
    line,
    calls,
    error: error && { code: error.code, line: error.line, column: error.column },
    warnings: warnings.map(({ line, column }) => ({ line, column })),
  }));
}

for (const { name, text, blocks } of CASES) {
  Deno.test(`read: ${name}`, () => {
    const whole = readTurn(text);
    assert.deepEqual(facts(whole), blocks);
    for (let at = 0; at <= text.length; at++) {
      assert.deepEqual(fed([text.slice(0, at), text.slice(at)]), whole, `in two pieces at ${at}`);
    }
    assert.deepEqual(fed(text.split("")), whole, "unit by unit");
    assert.deepEqual(fed([...text]), whole, "character by character");
  });

  Deno.test(`cut anywhere: ${name}`, () => {
    const reader = new TurnReader();
    const during = text.split("").map((unit) => reader.feed(unit)); // what each unit closes
    const bytes = new TextEncoder().encode(text);
    for (let end = 0; end <= bytes.length; end++) {
      const cut = new TextDecoder().decode(bytes.subarray(0, end)); // half a character is another one, at the end
      const cutter = new TurnReader();
      const closed = cutter.feed(cut);
      const intact = text.startsWith(cut) ? cut.length : cut.length - 1;
      if (text.isWellFormed()) assert.deepEqual(closed, during.slice(0, intact).flat(), `${end} bytes`);
      // What was open is never called, but where the cut text ends with its closing fence, as a whole one may.
      const open = cutter.end();
      assert.ok(open.length <= 1);
      const last = cut.slice(cut.lastIndexOf("\n") + 1);
      if (!/^ {0,3}(`{3,}|~{3,})[ \t\r]*$/.test(last)) assert.deepEqual(open.flatMap(({ calls }) => calls), []);
    }
  });
}
