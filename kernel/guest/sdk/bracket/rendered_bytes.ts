/** How many bytes of UTF-8 a value has once it is written, without writing it. Its own stack, as in writing. */
import type { BracketMap, BracketValue } from "./protocol.ts";
import { renderKey, renderScalar } from "./render_value.ts";

/** The bytes of a value and, for each list and map in it, of its entries; those of a map without their keys. */
export interface Measured {
  readonly bytes: number;
  readonly entries: ReadonlyMap<object, Float64Array>;
}

/** What stands between two entries. */
export const SEPARATOR = ", ".length;

interface Open {
  readonly whole: object;
  readonly keys: readonly string[] | undefined;
  readonly sizes: Float64Array;
  at: number;
  bytes: number;
}

export function measure(value: BracketValue): Measured {
  const entries = new Map<object, Float64Array>();
  const open: Open[] = [];
  let last = begin(value, open);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (last !== undefined) {
      top.sizes[top.at++] = last;
      top.bytes += last;
      last = undefined;
    } else if (top.at < top.sizes.length) {
      if (top.at > 0) top.bytes += SEPARATOR;
      const key = top.keys?.[top.at];
      if (key !== undefined) top.bytes += keyBytes(key);
      last = begin((top.whole as Record<string | number, BracketValue>)[key ?? top.at]!, open);
    } else {
      entries.set(top.whole, top.sizes);
      last = top.bytes;
      open.pop();
    }
  }
  return { bytes: last!, entries };
}

/** The bytes of a scalar, or undefined for a list or map that is open from now on. */
function begin(value: BracketValue, open: Open[]): number | undefined {
  if (typeof value === "string") return textBytes(value);
  if (typeof value !== "object" || value === null) return renderScalar(value).length;
  const keys = Array.isArray(value) ? undefined : Object.keys(value as BracketMap);
  const count = keys?.length ?? (value as readonly BracketValue[]).length;
  open.push({ whole: value, keys, sizes: new Float64Array(count), at: 0, bytes: "[]".length });
  return undefined;
}

/** Of a key and the colon behind it. */
export function keyBytes(key: string): number {
  const written = renderKey(key);
  return (written === key ? key.length : textBytes(key)) + ": ".length;
}

/** Of a text in its quotes. */
export function textBytes(text: string): number {
  return 2 + fittingText(text, Infinity).bytes;
}

/** How much of the beginning of a text fits into so many bytes between its quotes: whole characters only. */
export function fittingText(text: string, most: number): { readonly units: number; readonly bytes: number } {
  let bytes = 0;
  for (let i = 0; i < text.length;) {
    const point = text.codePointAt(i)!;
    const more = characterBytes(point);
    if (bytes + more > most) return { units: i, bytes };
    bytes += more;
    i += point > 0xffff ? 2 : 1;
  }
  return { units: text.length, bytes };
}

/** As JSON writes it: half of a pair as `\ud800`. */
function characterBytes(point: number): number {
  if (point < 0x80) {
    if (point >= 0x20) return point === 0x22 || point === 0x5c ? 2 : 1;
    return point >= 8 && point <= 13 && point !== 11 ? 2 : 6;
  }
  if (point < 0x800) return 2;
  if (point > 0xffff) return 4;
  return point >= 0xd800 && point <= 0xdfff ? 6 : 3;
}
