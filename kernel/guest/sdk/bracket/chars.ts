/** Characters that mean something, as their codes. */
export const CHAR = Object.freeze({
  tab: 9,
  newline: 10,
  return: 13,
  space: 32,
  quote: 34,
  dollar: 36,
  comma: 44,
  minus: 45,
  slash: 47,
  colon: 58,
  open_list: 91,
  backslash: 92,
  close_list: 93,
  underscore: 95,
  backtick: 96,
  open_map: 123,
  close_map: 125,
  tilde: 126,
});

/** Space, and what moves to another place in a text: tab to carriage return. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
/** What ends a word without quotes. */
export function endsWord(code: number): boolean {
  return isSpace(code) || code === CHAR.comma || code === CHAR.quote || code === CHAR.open_map ||
    code === CHAR.close_map || code === CHAR.open_list || code === CHAR.close_list;
}
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
export function beginsKey(code: number): boolean {
  return isLetter(code) || code === CHAR.underscore || code === CHAR.dollar;
}
/** Letters, digits, `_ $ . / -`. */
export function isOfKey(code: number): boolean {
  return beginsKey(code) || (code >= CHAR.minus && code <= 57);
}
