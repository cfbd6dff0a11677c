import { fault } from "meta-machine";

/** What goes to PostgreSQL for one value: text as it reads it, or bytes. */
export type PgValue = null | string | Uint8Array;

/**
 * Params as PostgreSQL reads them; the statement says of which type each is. Lists become arrays, plain objects JSON. Refuses what would arrive changed.
 */
export function bindValues(params: unknown, placeholders: number): PgValue[] {
  if (!Array.isArray(params)) {
    throw fault("invalid_argument", "params is no list", {
      hint: "pass params as a list, one value for each placeholder in the statement",
    });
  }
  if (params.length !== placeholders) {
    throw fault(
      "invalid_argument",
      `the statement has ${placeholders} placeholders and params has ${params.length} values`,
      { hint: "pass one value for each ?; an operator with a ? is one only beside placeholders written as $1" },
    );
  }
  return Array.from(params, (value, index) => bindValue(value, `params[${index}]`));
}

function bindValue(value: unknown, at: string): PgValue {
  if (value === null || value instanceof Uint8Array) return value;
  const text = scalar(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return arrayText(value, at);
  if (isPlainObject(value)) return jsonText(value, at);
  throw refuse(at);
}

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

function scalar(value: unknown): string | undefined {
  switch (typeof value) {
    case "boolean":
      return value ? "true" : "false";
    case "number":
      return Number.isFinite(value) ? String(value) : undefined;
    case "bigint":
      return value >= SMALLEST && value <= LARGEST ? String(value) : undefined;
    case "string":
      return value.includes("\0") || !value.isWellFormed() ? undefined : value;
  }
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}

/** `{1,"a b",NULL}` */
function arrayText(values: readonly unknown[], at: string): string {
  const parts = Array.from(values, (value, index) => {
    if (value === null) return "NULL";
    if (Array.isArray(value)) return arrayText(value, `${at}[${index}]`);
    const text = value instanceof Uint8Array ? `\\x${value.toHex()}` : scalar(value);
    if (text !== undefined) return `"${text.replace(/["\\]/g, "\\$&")}"`;
    if (isPlainObject(value)) return `"${jsonText(value, at).replace(/["\\]/g, "\\$&")}"`;
    throw refuse(`${at}[${index}]`);
  });
  return `{${parts.join(",")}}`;
}

function jsonText(value: object, at: string): string {
  try {
    const text = JSON.stringify(value);
    if (!text.includes("\\u0000")) return text;
  } catch {
    // a bigint, say
  }
  throw refuse(at);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function refuse(at: string) {
  return fault("invalid_argument", `${at} is nothing that PostgreSQL could store`, {
    hint:
      "pass null, a boolean, a finite number, a bigint of 64 bits, text without NUL, bytes, a Date, a list or a plain object",
  });
}
