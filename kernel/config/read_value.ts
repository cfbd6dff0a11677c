import type { ValuePath } from "../std/yaml_lines.ts";
import { misfit, misfitSaying, unknownKey } from "./misfit.ts";

/**
 * The borders of a parsed YAML value: each returns the value under its type, or throws a Misfit. A missing value or
 * `null` is no value.
 */

/** A map; with `keys`, one that has no others. No value is an empty map. */
export function readMap(value: unknown, path: ValuePath, keys?: readonly string[]): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) misfit(path, value, keys === undefined ? "a map" : `a map of ${keys.join(", ")}`);
  for (const key of Object.keys(value)) {
    if (keys !== undefined && !keys.includes(key)) unknownKey(path, key, keys);
  }
  return value;
}

/** Most entries of one list: they become parts of command lines and are looked through at every call. */
export const LIST_ENTRIES = 128;

/** A list whose entries `read` takes. No value is an empty list; `entry` says what an entry looks like. */
export function readList<T>(
  value: unknown,
  path: ValuePath,
  entry: string,
  read: (entry: unknown, path: ValuePath) => T,
): readonly T[] {
  if (value === undefined || value === null) return Object.freeze([]);
  if (!Array.isArray(value)) misfit(path, value, `a list of ${entry}`);
  if (value.length > LIST_ENTRIES) misfitSaying(path, `${value.length} entries`, `at most ${LIST_ENTRIES}`);
  return Object.freeze(value.map((item, i) => read(item, [...path, i])));
}

/** A text that `fits`. */
export function readText(value: unknown, path: ValuePath, allowed: string, fits: (text: string) => boolean): string {
  if (typeof value !== "string" || !fits(value)) misfit(path, value, allowed);
  return value;
}

/** One of a closed list of texts. */
export function readChoice<T extends string>(value: unknown, path: ValuePath, choices: readonly T[]): T {
  if (typeof value !== "string" || !(choices as readonly string[]).includes(value)) {
    misfit(path, value, choices.join(", "));
  }
  return value as T;
}

/** A whole number between the bounds, both included. */
export function readInteger(value: unknown, path: ValuePath, min: number, max: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    misfit(path, value, `a whole number from ${min} to ${max}`);
  }
  return value;
}

/** `true` or `false`. */
export function readBoolean(value: unknown, path: ValuePath): boolean {
  if (typeof value !== "boolean") misfit(path, value, "true, false");
  return value;
}

/** True for what YAML calls a map: not a list, not a date, not bytes. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date) &&
    !(value instanceof Uint8Array);
}
