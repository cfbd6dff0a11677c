import { endsWord } from "./chars.ts";
import type { Warn } from "./read_string.ts";

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([["true", true], ["false", false], ["null", null]]);

/** Where the word ends that begins at `start`. */
export function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !endsWord(text.charCodeAt(end))) end++;
  return end;
}

/** What a word without quotes is: a number, `true`, `false`, `null`, or itself. */
export function readWord(word: string, start: number, warn: Warn): string | number | boolean | null {
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  const first = word.charCodeAt(0);
  if (first !== 45 && (first < 48 || first > 57)) return word;
  if (!NUMBER.test(word)) return word;
  const number = Number(word);
  const exact = /[.eE]/.test(word) ? Number.isFinite(number) : Number.isSafeInteger(number);
  if (exact) return number;
  warn(start, `${word.slice(0, 40)} is larger than a number holds exactly, and stays text`);
  return word;
}
