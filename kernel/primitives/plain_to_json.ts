import type { Plain } from "../contract/plain.ts";
import { setOwn } from "./value_tags.ts";

/**
 * Plain data as data that JSON can say, for people and pipes: undefined becomes null, a bigint its decimal digits, a date its ISO text, bytes
 * `{"base64": …}`. One way only: what reads it can't tell a date from a text.
 */
export function plainToJson(value: Plain): unknown {
  switch (typeof value) {
    case "undefined":
      return null;
    case "bigint":
      return value.toString();
    case "object":
      return value === null ? null : objectToJson(value);
    default:
      return value;
  }
}

function objectToJson(value: Exclude<Extract<Plain, object>, null>): unknown {
  if (value instanceof Uint8Array) return { base64: toBase64(value) };
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainToJson);
  const json: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) setOwn(json, key, plainToJson(child));
  return json;
}

/** In portions: a call can't have a million arguments. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
