/** Mappings of a source map, version 3: read, looked up, written. All numbers count from 0, as the format does. */

/** Where a piece of generated text begins on its line, and what it was made of. */
export interface Segment {
  readonly column: number;
  /** Absent where the text has no source. */
  readonly origin?: { readonly source: number; readonly line: number; readonly column: number };
  readonly name?: number;
}

/** For each generated line its segments by rising column. */
export type Mappings = readonly (readonly Segment[])[];

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Reads the `mappings` of a source map. Throws a SyntaxError at a character that is no digit of it, or at a field cut short. */
export function decodeMappings(text: string): Mappings {
  let source = 0, line = 0, column = 0, name = 0;
  return text.split(";").map((lineText) => {
    let generated = 0;
    const segments: Segment[] = [];
    for (const field of lineText === "" ? [] : lineText.split(",")) {
      const numbers = decodeNumbers(field);
      generated += numbers[0] ?? 0;
      if (numbers.length < 4) {
        segments.push({ column: generated });
        continue;
      }
      source += numbers[1]!;
      line += numbers[2]!;
      column += numbers[3]!;
      const origin = { source, line, column };
      if (numbers.length < 5) segments.push({ column: generated, origin });
      else segments.push({ column: generated, origin, name: name += numbers[4]! });
    }
    return segments;
  });
}

/** The reverse of {@linkcode decodeMappings}. */
export function encodeMappings(mappings: Mappings): string {
  let source = 0, line = 0, column = 0, name = 0;
  return mappings.map((segments) => {
    let generated = 0;
    return segments.map((segment) => {
      let text = encodeNumber(segment.column - generated);
      generated = segment.column;
      if (segment.origin === undefined) return text;
      text += encodeNumber(segment.origin.source - source) + encodeNumber(segment.origin.line - line) +
        encodeNumber(segment.origin.column - column);
      ({ source, line, column } = segment.origin);
      if (segment.name === undefined) return text;
      text += encodeNumber(segment.name - name);
      name = segment.name;
      return text;
    }).join(",");
  }).join(";");
}

/** What the text at this place was made of: the last segment at or before it, on its own line only. */
export function originOf(mappings: Mappings, line: number, column: number): Segment["origin"] {
  return (mappings[line] ?? []).findLast((segment) => segment.column <= column)?.origin;
}

function decodeNumbers(field: string): number[] {
  const numbers: number[] = [];
  let value = 0, shift = 0;
  for (const character of field) {
    const digit = VALUES.get(character);
    if (digit === undefined || shift > 30) throw new SyntaxError(`'${field}' is no segment of a source map`);
    value |= (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  if (shift > 0) throw new SyntaxError(`'${field}' is cut short`);
  return numbers;
}

function encodeNumber(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}
