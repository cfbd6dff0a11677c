/** A value as text that reads back as the same value: one brace, colons, commas. Its own stack, as in reading. */
import type { BracketMap, BracketValue } from "./protocol.ts";

const KEY = /^[A-Za-z_$][A-Za-z0-9_$./-]*$/;
/** Nothing that could be read as a number or a word of another kind. */
const WORD = /^(?!true$|false$|null$)[A-Za-z_][A-Za-z0-9_./-]*$/;

/** A list or map that is written as far as `at`. */
type Open =
  | { readonly list: readonly BracketValue[]; at: number }
  | { readonly list?: never; readonly map: BracketMap; readonly keys: readonly string[]; at: number };

/** On one line, whatever is in it. */
export function renderValue(value: BracketValue): string {
  const open: Open[] = [];
  let text = begin(value, open);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.at === (top.list ?? top.keys).length) {
      text += top.list === undefined ? "}" : "]";
      open.pop();
      continue;
    }
    if (top.at > 0) text += ", ";
    const at = top.at++;
    if (top.list !== undefined) text += begin(top.list[at]!, open);
    else {
      const key = top.keys[at]!;
      text += `${renderKey(key)}: `;
      text += begin(top.map[key]!, open);
    }
  }
  return text;
}

function begin(value: BracketValue, open: Open[]): string {
  if (typeof value !== "object" || value === null) return renderScalar(value);
  if (Array.isArray(value)) {
    open.push({ list: value, at: 0 });
    return "[";
  }
  open.push({ map: value as BracketMap, keys: Object.keys(value), at: 0 });
  return "{";
}

export function renderScalar(value: string | number | boolean | null): string {
  if (typeof value === "string") return renderString(value);
  if (typeof value !== "number") return String(value);
  if (Object.is(value, -0)) return "-0";
  // An integer beyond what is exact would be read as text; with an exponent it is a number.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

/** Line breaks are escaped, so that no line of a result begins with what a text says. */
function renderString(text: string): string {
  return JSON.stringify(text);
}

export function renderKey(key: string): string {
  return KEY.test(key) ? key : renderString(key);
}

/** A name without quotes where it can be read so. */
export function renderName(name: string): string {
  return WORD.test(name) ? name : renderString(name);
}
