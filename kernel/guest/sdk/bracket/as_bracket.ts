import type { Plain } from "../../../contract/plain.ts";
import { toBase64 } from "../../../primitives/plain_to_json.ts";
import { setOwn } from "../../../primitives/value_tags.ts";
import { mimeOf } from "./mime_of.ts";
import type { BracketValue } from "./protocol.ts";

/**
 * What a call gave, as a value of the protocol: bytes become `{base64, mime}`, a date its ISO text, a bigint its digits, undefined null. Numbers that no text says
 * (NaN, infinities) become text. One way only.
 */
export function asBracket(value: Plain): BracketValue {
  switch (typeof value) {
    case "undefined":
      return null;
    case "bigint":
      return value.toString();
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "object":
      return value === null ? null : asListOrMap(value);
    default:
      return value;
  }
}

function asListOrMap(value: Exclude<Extract<Plain, object>, null>): BracketValue {
  if (value instanceof Uint8Array) return { base64: toBase64(value), mime: mimeOf(value) };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(asBracket);
  const map: Record<string, BracketValue> = {};
  for (const [key, child] of Object.entries(value)) setOwn(map, key, asBracket(child));
  return map;
}
