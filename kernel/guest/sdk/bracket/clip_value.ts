/**
 * A value of fewer bytes that still has its shape: the longest texts and lists lose their ends first, what is short stays whole. Where something is gone, it says
 * how much. Takes time by the size of what is kept and of the texts that are cut.
 */
import { BRACKET_LIMITS, type BracketMap, type BracketValue } from "./protocol.ts";
import { fittingText, keyBytes, type Measured, SEPARATOR, textBytes } from "./rendered_bytes.ts";

/** Fits any mark below, and any number: no value is given less room unless it needs less. */
export const LEAST_BYTES = 64;
/** Of one list or map so many entries are kept at least before any of them is cut further than this share. */
const ENTRIES = 32;
/** Deeper than this no result can be read. */
const LEVELS = BRACKET_LIMITS.depth - 2;

/** At most `most` bytes, where that is LEAST_BYTES or more. `measured` is of a value in which this one stands. */
export function clipValue(value: BracketValue, most: number, measured: Measured, levels = LEVELS): BracketValue {
  if (typeof value === "string") return textBytes(value) <= most ? value : cutText(value, most);
  if (typeof value !== "object" || value === null) return value;
  if (levels === 0) return "… deeper levels";
  const clip: Clip = (one, share) => clipValue(one, share, measured, levels - 1);
  if (Array.isArray(value)) return clipList(value, most, measured.entries.get(value)!, clip);
  const map = value as BracketMap;
  return clipBytes(map, most) ?? clipMap(map, most, measured.entries.get(map)!, clip);
}

type Clip = (value: BracketValue, most: number) => BracketValue;

function cutText(text: string, most: number): string {
  const mark = (units: number) => `… ${units} more characters`;
  const { units } = fittingText(text, most - textBytes(mark(text.length)));
  return `${text.slice(0, units)}${mark(text.length - units)}`;
}

/** Bytes stay readable: whole groups of base64. */
function clipBytes(map: BracketMap, most: number): BracketMap | undefined {
  const { base64, mime, ...others } = map;
  if (typeof base64 !== "string" || typeof mime !== "string" || Object.keys(others).length > 0) return undefined;
  if (base64.length % 4 !== 0) return undefined;
  const bytes = base64.length / 4 * 3 - (/={0,2}$/.exec(base64.slice(-2))?.[0].length ?? 0);
  const around = `{base64: "", mime: , bytes: ${bytes}}`.length + textBytes(mime);
  if (around + 4 > most) return undefined;
  const units = Math.floor((most - around) / 4) * 4;
  return { base64: base64.slice(0, units), mime, bytes };
}

function clipList(list: readonly BracketValue[], most: number, sizes: Float64Array, clip: Clip): BracketValue {
  const mark = (count: number) => `… ${count} more`;
  const room = most - "[]".length;
  const { kept, share } = divide(sizes, () => 0, room, SEPARATOR + textBytes(mark(list.length)), most);
  const clipped = list.slice(0, kept).map((one, i) => sizes[i]! <= share ? one : clip(one, share));
  if (kept < list.length) clipped.push(mark(list.length - kept));
  return clipped;
}

function clipMap(map: BracketMap, most: number, sizes: Float64Array, clip: Clip): BracketMap {
  const mark = (count: number) => `${count} more keys`;
  let gone = "…";
  while (Object.hasOwn(map, gone)) gone += "…";
  const keys = Object.keys(map);
  const last = SEPARATOR + keyBytes(gone) + textBytes(mark(keys.length));
  const { kept, share } = divide(sizes, (i) => keyBytes(keys[i]!), most - "{}".length, last, most);
  const clipped = keys.slice(0, kept).map((key, i): [string, BracketValue] => [
    key,
    sizes[i]! <= share ? map[key]! : clip(map[key]!, share),
  ]);
  if (kept < keys.length) clipped.push([gone, mark(keys.length - kept)]);
  return Object.fromEntries(clipped);
}

/** How many of the first entries are kept, and how many bytes each of them may have. `mark` is what is left free where not all are kept. */
function divide(sizes: Float64Array, around: (i: number) => number, room: number, mark: number, most: number) {
  const least = Math.max(LEAST_BYTES, Math.floor(most / ENTRIES));
  let need = 0;
  let outside = 0;
  let marked = { kept: 0, outside: 0 };
  let i = 0;
  for (; i < sizes.length && need <= room; i++) {
    const beside = around(i) + (i > 0 ? SEPARATOR : 0);
    outside += beside;
    need += beside + Math.min(sizes[i]!, least);
    if (need <= room - mark) marked = { kept: i + 1, outside };
  }
  const whole = i === sizes.length && need <= room;
  const kept = whole ? sizes.length : marked.kept;
  const left = whole ? room - outside : room - mark - marked.outside;
  return { kept, share: level(sizes.slice(0, kept), left) };
}

/** The largest share with which all of these fit into `room`: who needs less leaves the rest to the others. */
function level(sizes: Float64Array, room: number): number {
  sizes.sort();
  for (let i = 0; i < sizes.length; i++) {
    const others = sizes.length - i;
    if (sizes[i]! * others > room) return Math.floor(room / others);
    room -= sizes[i]!;
  }
  return Infinity;
}
