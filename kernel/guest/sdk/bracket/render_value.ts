/** A value as text that reads back as the same value: one brace, colons, commas. Its own stack, as in reading. */
import type { BracketMap, BracketValue } from "./protocol.ts";

const KEY = /^[A-Za-z_$][A-Za-z0-9_$./-]*$/;
/** Nothing that could be read as a number or a word of another kind. */
const WORD = /^(?!true$|false$|null$)[A-Za-z_][A-Za-z0-9_./-]*$/;

export function renderValue(value: BracketValue): string {
  const parts: string[] = [];
  const wait: { readonly text?: string; readonly value?: BracketValue }[] = [{ value }];
  for (let next = wait.pop(); next !== undefined; next = wait.pop()) {
    if (next.text !== undefined) parts.push(next.text);
    else {
      const { value } = next;
      if (Array.isArray(value)) wait.push(...listParts(value).reverse());
      else if (typeof value === "object" && value !== null) wait.push(...mapParts(value as BracketMap).reverse());
      else parts.push(renderScalar(value as string | number | boolean | null));
    }
  }
  return parts.join("");
}

function listParts(list: readonly BracketValue[]): { text?: string; value?: BracketValue }[] {
  return [{ text: "[" }, ...list.flatMap((value, i) => i === 0 ? [{ value }] : [{ text: ", " }, { value }]), {
    text: "]",
  }];
}

function mapParts(map: BracketMap): { text?: string; value?: BracketValue }[] {
  const members = Object.keys(map).flatMap((key, i) => [
    { text: `${i === 0 ? "" : ", "}${KEY.test(key) ? key : renderString(key)}: ` },
    { value: map[key]! },
  ]);
  return [{ text: "{" }, ...members, { text: "}" }];
}

function renderScalar(value: string | number | boolean | null): string {
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

/** A name without quotes where it can be read so. */
export function renderName(name: string): string {
  return WORD.test(name) ? name : renderString(name);
}
