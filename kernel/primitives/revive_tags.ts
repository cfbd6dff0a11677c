import type { Plain } from "../contract/plain.ts";
import { BIGINT_DIGITS, isDollars, LENT_TAGS, type LentRef, setOwn, TAG_KEY, TAGS } from "./value_tags.ts";

/** What stands on this side for a thing that the other side lent; undefined when none was. */
export type Borrow = (ref: LentRef) => unknown;

/** The value with its tags turned back, or what is wrong with them. */
export type Revived = { readonly ok: true; readonly value: Plain } | { readonly ok: false; readonly violation: string };

/**
 * Turns the tags of a value that JSON.parse made back into what they stand for, in place. Bytes are copied out of `blobs`; together they can't be
 * more than there are, so that one span named a thousand times is refused rather than copied a thousand times.
 */
export function reviveTags(value: unknown, blobs: Uint8Array, borrow?: Borrow): Revived {
  const walk = new Walk(blobs, borrow);
  const revived = walk.value(value);
  walk.finish();
  return walk.violation === undefined
    ? { ok: true, value: revived as Plain }
    : { ok: false, violation: walk.violation };
}

const DECIMAL = /^-?[0-9]+$/;
const LATEST_MS = 8_640_000_000_000_000;

class Walk {
  violation: string | undefined;
  readonly #blobs: Uint8Array;
  #blobs_left: number;
  readonly #borrow: Borrow | undefined;

  constructor(blobs: Uint8Array, borrow: Borrow | undefined) {
    this.#blobs = blobs;
    this.#borrow = borrow;
    this.#blobs_left = blobs.length;
  }

  value(value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.violation !== undefined) return value;
    return Array.isArray(value) ? this.#list(value) : this.#map(value as Record<string, unknown>);
  }

  /** Bytes that no tag names would be freight that nobody sees. */
  finish(): void {
    if (this.#blobs_left > 0) this.violation ??= "it has bytes nobody names";
  }

  #list(list: unknown[]): unknown {
    for (let i = 0; i < list.length; i++) {
      const from = list[i];
      if (typeof from === "object" && from !== null) list[i] = this.value(from);
    }
    return list;
  }

  #map(map: Record<string, unknown>): unknown {
    if (Object.hasOwn(map, TAG_KEY)) return this.#tag(map);
    const keys = Object.keys(map);
    let escaped = false;
    for (const key of keys) {
      const from = map[key];
      if (typeof from === "object" && from !== null) setOwn(map, key, this.value(from));
      escaped ||= isDollars(key);
    }
    return escaped ? unescape(map, keys) : map;
  }

  #tag(tag: Record<string, unknown>): unknown {
    const kind = tag[TAG_KEY];
    const v = tag["v"];
    const keys = Object.keys(tag).length;
    if (kind === TAGS.undefined && keys === 1) return undefined;
    if (keys === 2 && Object.hasOwn(tag, "v")) {
      if (kind === TAGS.bigint && typeof v === "string" && v.length <= BIGINT_DIGITS + 1 && DECIMAL.test(v)) {
        return BigInt(v);
      }
      if (kind === TAGS.date && typeof v === "number" && Number.isInteger(v) && Math.abs(v) <= LATEST_MS) {
        return new Date(v);
      }
      if (kind === TAGS.bytes && Array.isArray(v) && v.length === 2) return this.#bytes(v[0], v[1]);
    }
    const ref = lentRef(kind, v, keys);
    const borrowed = ref && this.#borrow?.(ref);
    if (borrowed !== undefined) return borrowed;
    this.violation ??= `it has an unknown tag ${String(JSON.stringify(kind)).slice(0, 40)}`;
    return undefined;
  }

  #bytes(offset: unknown, length: unknown): unknown {
    if (
      typeof offset !== "number" || typeof length !== "number" || !Number.isSafeInteger(offset) ||
      !Number.isSafeInteger(length) || offset < 0 || length < 0 || offset + length > this.#blobs.length ||
      (this.#blobs_left -= length) < 0
    ) {
      this.violation ??= "it names bytes that are not there";
      return undefined;
    }
    return this.#blobs.slice(offset, offset + length);
  }
}

function lentRef(kind: unknown, v: unknown, keys: number): LentRef | undefined {
  if (kind === LENT_TAGS.signal && keys === 1) return { kind: "signal" };
  if (keys !== 2) return undefined;
  if (kind === LENT_TAGS.kept && typeof v === "string") return { kind: "kept", name: v };
  if (typeof v !== "number" || !Number.isSafeInteger(v) || v < 0) return undefined;
  if (kind === LENT_TAGS.function) return { kind: "function", no: v };
  return kind === LENT_TAGS.stream ? { kind: "stream", no: v } : undefined;
}

function unescape(map: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const key of keys) setOwn(plain, isDollars(key) ? key.slice(1) : key, map[key]);
  return plain;
}
