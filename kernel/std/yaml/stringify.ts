import { stringify as write } from "./library.ts";
import { SCHEMA } from "./schema.ts";

/** What a caller may set for {@linkcode stringify}. */
export interface StringifyOptions {
  /** Spaces for each level. Default 2. */
  readonly indent?: number;
  /** Where long text is folded; -1 never folds. Default 80. */
  readonly lineWidth?: number;
}

/**
 * Writes plain data as YAML that {@linkcode parse} reads back to the same value, ending in a newline.
 * Throws `TypeError` naming the path of a value that YAML cannot carry: undefined, functions, symbols, bigint, instances of classes.
 */
export function stringify(data: unknown, { indent = 2, lineWidth = 80 }: StringifyOptions = {}): string {
  checkPlain(data, "$", new Set());
  return write(data, { ...SCHEMA, ...QUOTING, indent, lineWidth: Math.max(lineWidth, 0) });
}

// compat quotes what YAML 1.1 readers take for something else than a string: yes, no, on, off, 2026-01-01, <<.
// Nothing that is written here is a merge, and with merge on a key << would be written as one.
const QUOTING = { singleQuote: true, compat: "yaml-1.1", merge: false } as const;

function checkPlain(value: unknown, path: string, seen: Set<object>) {
  if (typeof value !== "object") {
    if (["string", "number", "boolean"].includes(typeof value)) return;
    throw new TypeError(`Cannot stringify ${typeof value} at ${path}`);
  }
  if (value === null || value instanceof Date || value instanceof Uint8Array || seen.has(value)) return;
  seen.add(value);
  const prototype = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`Cannot stringify ${prototype.constructor?.name ?? "an instance"} at ${path}`);
  }
  for (const [key, item] of Object.entries(value)) checkPlain(item, `${path}.${key}`, seen);
}
