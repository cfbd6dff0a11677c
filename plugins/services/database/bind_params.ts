import { fault } from "meta-machine";

/** What SQLite takes. */
export type SqlValue = null | bigint | number | string | Uint8Array;

/**
 * Params as SQLite stores them: whole numbers as INTEGER (the driver would make REAL of them), booleans as 0 and 1. Refuses what SQLite has no
 * type for and what would arrive changed: dates, undefined, text with NUL.
 */
export function bindParams(params: unknown, placeholders: number): SqlValue[] {
  if (!Array.isArray(params)) {
    throw fault("invalid_argument", `params is ${nameOf(params)}`, {
      hint: "pass params as a list, one value for each ? in the statement",
    });
  }
  if (params.length !== placeholders) {
    throw fault("invalid_argument", `the statement has ${placeholders} ? and params has ${params.length} values`, {
      hint: "pass one value for each ?",
    });
  }
  return Array.from(params, bindParam);
}

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

function bindParam(value: unknown, index: number): SqlValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number" && Number.isFinite(value)) return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "bigint" && value >= SMALLEST && value <= LARGEST) return value;
  if (typeof value === "string" && !value.includes("\0") && value.isWellFormed()) return value;
  throw fault("invalid_argument", `params[${index}] is ${nameOf(value)}`, { hint: hintFor(value) });
}

function nameOf(value: unknown): string {
  if (value === undefined) return "undefined";
  if (value instanceof Date) return "a Date";
  if (typeof value === "bigint") return "a bigint of more than 64 bits";
  if (typeof value === "string") {
    return value.includes("\0") ? "text with a NUL character" : "text with lone surrogates";
  }
  if (typeof value === "object") return value === null ? "null" : Array.isArray(value) ? "a list" : "an object";
  return typeof value === "number" ? String(value) : `a ${typeof value}`;
}

function hintFor(value: unknown): string {
  if (value instanceof Date) return "pass a Date as ISO text: date.toISOString(), or as a number";
  if (value === undefined) return "pass null for a missing value";
  if (typeof value === "string") return "pass such data as bytes (Uint8Array)";
  if (typeof value === "object") return "pass objects and lists as JSON text";
  return "pass null, a boolean, a finite number, a bigint of 64 bits, text or bytes";
}
