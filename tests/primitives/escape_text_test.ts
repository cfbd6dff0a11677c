import assert from "node:assert/strict";
import { escapeText } from "../../kernel/primitives/escape_text.ts";

Deno.test("escapeText leaves what can be shown as it is", () => {
  for (const text of ["", "plain", "tab\there", "ü ß 日本 עברית العربية", "😀 👍🏽", "\\u{1b}", "e\u0301", "a\u00a0b"]) {
    assert.equal(escapeText(text), text);
  }
});

Deno.test("escapeText spells out what a terminal would obey", () => {
  assert.equal(escapeText("\x1b[2J\x07"), "\\u{1b}[2J\\u{7}");
  assert.equal(escapeText("a\r\nINFO - forged"), "a\\u{d}\\u{a}INFO - forged");
  assert.equal(escapeText("\u009b31m\x7f\0"), "\\u{9b}31m\\u{7f}\\u{0}");
  assert.equal(escapeText("a\u2028b\u2029c\u0085d"), "a\\u{2028}b\\u{2029}c\\u{85}d");
});

Deno.test("escapeText spells out marks that turn or hide text", () => {
  for (
    const code of [
      0x202a,
      0x202b,
      0x202c,
      0x202d,
      0x202e,
      0x2066,
      0x2067,
      0x2068,
      0x2069,
      0x200e,
      0x200f,
      0x61c,
      0x200b,
      0xfeff,
      0xad,
      0xe0041,
    ]
  ) {
    assert.equal(escapeText(`a${String.fromCodePoint(code)}b`), `a\\u{${code.toString(16)}}b`);
  }
});

Deno.test("escapeText spells out halves of characters, and no whole ones", () => {
  assert.equal(escapeText("\ud83d\ude00\ud83d x \ude00"), "😀\\u{d83d} x \\u{de00}");
});
