/** Whether two values that travelled are the same: by what they hold, not by the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

const SHOWN = 120;

/** A value in a few characters. */
export function shortly(value: unknown): string {
  const text = canonical(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}

function canonical(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `${value}n`;
    case "object":
      return value === null ? "null" : canonicalObject(value);
    case "string":
      return JSON.stringify(value);
    default:
      return Object.is(value, -0) ? "0" : String(value);
  }
}

function canonicalObject(value: object): string {
  if (value instanceof Uint8Array) return `bytes(${value.join(" ")})`;
  if (value instanceof Date) return `date(${value.getTime()})`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${
    keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(",")
  }}`;
}
