/** How much room a line takes on a terminal, and what fits of it. Escape sequences of our own colours take none. */

/** Two columns wide on terminals: East Asian scripts, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Written over the character before. */
const NARROW = /[\p{Mn}\p{Me}]/u;
// deno-lint-ignore no-control-regex
const PIECES = /\x1b\[[0-9;]*m|./gsu;

export function textWidth(text: string): number {
  let width = 0;
  for (const [piece] of text.matchAll(PIECES)) width += pieceWidth(piece);
  return width;
}

/** The longest beginning that fits, with `…` in place of what doesn't; colours end with it. */
export function cutText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  if (columns < 1) return "";
  let kept = "";
  let width = 0;
  let coloured = false;
  for (const [piece] of text.matchAll(PIECES)) {
    width += pieceWidth(piece);
    if (width > columns - 1) break;
    kept += piece;
    if (piece.length > 1 && piece.startsWith("\x1b")) coloured = piece !== "\x1b[0m";
  }
  return `${kept}…${coloured ? "\x1b[0m" : ""}`;
}

function pieceWidth(piece: string): number {
  if (piece.startsWith("\x1b") || NARROW.test(piece)) return 0;
  return WIDE.test(piece) ? 2 : 1;
}
