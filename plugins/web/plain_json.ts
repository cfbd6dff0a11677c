/** What services give, as data that JSON can say: the same words as the command line's `--json`. */
import { refusal } from "./refusal.ts";

/** undefined becomes null, a bigint its decimal digits, a date its ISO text, bytes `{"base64": …}`. Throws for a stream, and lets go of it. */
export function plainJson(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return value;
  if (value instanceof Uint8Array) return { base64: toBase64(value) };
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainJson);
  if (Symbol.asyncIterator in value) {
    void (value as AsyncIterableIterator<unknown>).return?.().catch(() => {});
    throw refusal(400, "invalid_argument", "the method's answer is a stream, which this route can't carry", {
      maybe_ran: true,
      hint: "call a method that gives a list",
    });
  }
  const json: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    // A key such as __proto__ is data like any other.
    Object.defineProperty(json, key, { value: plainJson(child), enumerable: true, configurable: true, writable: true });
  }
  return json;
}

/** In portions: a call can't have a million arguments. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
