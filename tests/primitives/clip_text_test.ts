import assert from "node:assert/strict";
import { clipText } from "../../kernel/primitives/clip_text.ts";

Deno.test("clipText leaves a text of the most units and cuts a longer one to them", () => {
  assert.equal(clipText("abcd", 4), "abcd");
  assert.equal(clipText("abcde", 4), "abc…");
  assert.equal(clipText("abcde", 1), "…");
  assert.equal(clipText("abcde", 0), "");
  assert.equal(clipText("", 0), "");
});

Deno.test("clipText never cuts within a character", () => {
  assert.equal(clipText("a😀bcd", 3), "a…");
  assert.equal(clipText("a😀bcd", 4), "a😀…");
  for (let most = 0; most < 12; most++) assert.ok(clipText("😀😀😀😀😀😀", most).isWellFormed());
});
