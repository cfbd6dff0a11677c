/**
 * What a terminal obeys instead of showing: controls (C0 without the tab, DEL, C1: escape sequences begin there), line separators, marks that turn
 * the direction of text, invisible ones, variation of tags, and halves of characters.
 */
const NOT_SHOWN =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** A text as one line that can be shown: what a terminal would obey is spelled out as `\u{1b}`. Newlines too, so that no text forges a line of a log. */
export function escapeText(text: string): string {
  return text.replace(NOT_SHOWN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
