import assert from "node:assert/strict";
import { settle, SETTLE_MS, type Settling } from "../../kernel/config/settle.ts";

const text = (file: string, text: string, mtime_ms = 0) => ({
  file,
  text,
  facts: { size: text.length, mtime_ms, inode: 1 },
});
const first = (...files: ReturnType<typeof text>[]): Settling => settle(undefined, files, 1_000).remembered;
const told = ({ texts }: { texts: readonly { text: string }[] }) => texts.map((one) => one.text);

Deno.test("settle takes everything as it stands at the first look", () => {
  const look = settle(undefined, [text("b", "2"), text("a", "1")], 1_000);
  assert.deepEqual(told(look), ["1", "2"]);
  assert.equal(look.look_again_ms, undefined);
});

Deno.test("settle keeps a changed file at its former text until it was unchanged for 200 ms", () => {
  assert.equal(SETTLE_MS, 200);
  const changed = settle(first(text("a", "old")), [text("a", "new")], 5_000);
  assert.deepEqual(told(changed), ["old"]);
  assert.equal(changed.look_again_ms, 200);
  const early = settle(changed.remembered, [text("a", "new")], 5_199);
  assert.deepEqual([told(early), early.look_again_ms], [["old"], 1]);
  const late = settle(early.remembered, [text("a", "new")], 5_200);
  assert.deepEqual([told(late), late.look_again_ms], [["new"], undefined]);
});

Deno.test("settle starts again with each change, be it of the facts or of the text alone", () => {
  for (const next of [text("a", "new", 7), text("a", "now")]) {
    const changed = settle(first(text("a", "old")), [text("a", "new")], 5_000);
    const again = settle(changed.remembered, [next], 5_150);
    assert.deepEqual([told(again), again.look_again_ms], [["old"], 200]);
    assert.deepEqual(told(settle(again.remembered, [next], 5_300)), ["old"]);
    assert.deepEqual(told(settle(again.remembered, [next], 5_350)), [next.text]);
  }
});

Deno.test("settle gives a new file only when it was unchanged for 200 ms", () => {
  const found = settle(first(), [text("a", "new")], 5_000);
  assert.deepEqual([told(found), found.look_again_ms], [[], 200]);
  assert.deepEqual(told(settle(found.remembered, [text("a", "new")], 5_200)), ["new"]);
});

Deno.test("settle keeps a file that is gone for 200 ms, then forgets it", () => {
  const gone = settle(first(text("a", "old")), [], 5_000);
  assert.deepEqual([told(gone), gone.look_again_ms], [["old"], 200]);
  const forgotten = settle(gone.remembered, [], 5_200);
  assert.deepEqual([told(forgotten), forgotten.remembered.size, forgotten.look_again_ms], [[], 0, undefined]);
});

Deno.test("settle sees a file replaced through a moment of absence as one change", () => {
  const gone = settle(first(text("a", "old")), [], 5_000);
  const back = settle(gone.remembered, [text("a", "new")], 5_010);
  assert.deepEqual(told(back), ["old"]);
  assert.deepEqual(told(settle(back.remembered, [text("a", "new")], 5_210)), ["new"]);
});

Deno.test("settle looks again when the next of several files is settled", () => {
  const one = settle(first(), [text("a", "1")], 5_000);
  const two = settle(one.remembered, [text("a", "1"), text("b", "2")], 5_120);
  assert.equal(two.look_again_ms, 80);
});
