import { CHAR } from "./chars.ts";
import { Unreadable } from "./protocol.ts";

/** A string and where it ends. */
export interface ReadString {
  readonly value: string;
  /** After the closing quote. */
  readonly end: number;
}
export type Warn = (index: number, message: string) => void;

const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
});
const LAST_CODE_POINT = 0x10ffff;

/** Reads the string whose opening quote is at `start`. Line breaks may stand in it as they are. */
export function readString(text: string, start: number, warn: Warn): ReadString {
  let value = "";
  let from = start + 1;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === CHAR.quote) return { value: value + text.slice(from, i), end: i + 1 };
    if (code !== CHAR.backslash) continue;
    const escape = readEscape(text, i, warn);
    value += text.slice(from, i) + escape.value;
    from = escape.end;
    i = from - 1;
  }
  throw new Unreadable("unterminated_string", start, "this string has no closing quote");
}

function readEscape(text: string, at: number, warn: Warn): ReadString {
  const letter = text[at + 1];
  if (letter === undefined) return { value: "", end: text.length };
  const meant = ESCAPES[letter];
  if (meant !== undefined) return { value: meant, end: at + 2 };
  if (letter === "u") return readCodePoint(text, at);
  const whole = String.fromCodePoint(text.codePointAt(at + 1)!);
  warn(at, `'\\${whole}' is no escape and stays as it is; a backslash is written '\\\\'`);
  return { value: `\\${whole}`, end: at + 1 + whole.length };
}

function readCodePoint(text: string, at: number): ReadString {
  const [written, braced, four] = /^\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))/.exec(text.slice(at, at + 10)) ?? [];
  const point = Number.parseInt(braced ?? four ?? "", 16);
  if (written === undefined || point > LAST_CODE_POINT) {
    const found = text.slice(at, at + 10).split("\n")[0];
    throw new Unreadable(
      "bad_escape",
      at,
      `found '${found}', allowed: \\u and four hex digits, or \\u{1 to 6 of them}`,
    );
  }
  return {
    value: braced === undefined ? String.fromCharCode(point) : String.fromCodePoint(point),
    end: at + written.length,
  };
}
