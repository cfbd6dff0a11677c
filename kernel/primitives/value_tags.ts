/**
 * What JSON lacks travels as an object with the one key `$` that names the kind, and `v` for the value. An own key of nothing but `$` gets one
 * `$` more on the way and loses it at the end, so that no data can pass for a tag.
 */
export const TAG_KEY = "$";

/** `n` bigint in decimal, `d` date in milliseconds, `u` undefined, `b` bytes as [offset, length] among the bytes after the JSON text. */
export const TAGS = Object.freeze({ bigint: "n", date: "d", undefined: "u", bytes: "b" });

/**
 * What is lent and not given: `f` a function (its number among those of the call), `k` one kept by name (its name), `s` a stream (its number),
 * `a` the signal that the caller gave up.
 */
export const LENT_TAGS = Object.freeze({ function: "f", kept: "k", stream: "s", signal: "a" });
/** A thing that is lent, as the end that reads it needs it. */
export type LentRef =
  | { readonly kind: "function" | "stream"; readonly no: number }
  | { readonly kind: "kept"; readonly name: string }
  | { readonly kind: "signal" };

/** Decimal digits of a bigint: reading a longer one would cost more than its bytes say. */
export const BIGINT_DIGITS = 4_096;

/** Byte 0 of a payload that carries bytes: no JSON text begins with it. Then 4 bytes length of the JSON text, the text, the bytes. */
export const WITH_BYTES = 0;

const DOLLARS = /^\$+$/;

/** Whether a key is subject to escaping. */
export function isDollars(key: string): boolean {
  return key.charCodeAt(0) === 36 && DOLLARS.test(key);
}

/** Sets an own property whatever its name: `__proto__` would else be the prototype. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else target[key] = value;
}
