/** The small checks that all parsers of foreign messages are made of: each takes anything and says whether it is what the type claims. */

/** An object that is neither null nor a list; its fields are still unknown. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number of things, or of bytes, or an id: 0, 1, 2, … */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isSafeInteger(value);
}

/** 1, 2, 3, … */
export function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0 && Number.isSafeInteger(value);
}

/** A measured amount: finite, not negative. */
export function isAmount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}

/** Text of at most `most` UTF-16 units. */
export function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length <= most;
}

/** A list of at most `most` entries, each still unknown. */
export function isList(value: unknown, most: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= most;
}

/** Parses every entry, or refuses the whole list. */
export function parseEach<T>(value: unknown, most: number, parse: (entry: unknown) => T | undefined): T[] | undefined {
  if (!isList(value, most)) return undefined;
  const parsed: T[] = [];
  for (const entry of value) {
    const one = parse(entry);
    if (one === undefined) return undefined;
    parsed.push(one);
  }
  return parsed;
}

const HEX = /^(?:[0-9a-f]{2})+$/;

/** Bytes in lower-case hex, at most `most` digits. */
export function isHex(value: unknown, most: number): value is string {
  return isText(value, most) && HEX.test(value);
}
