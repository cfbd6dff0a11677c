import { WIRE } from "../contract/limits.ts";
import type { PlainRefusal } from "./plain_refusal.ts";
import { BIGINT_DIGITS, isDollars, LENT_TAGS, type LentRef, setOwn, TAG_KEY, TAGS } from "./value_tags.ts";

/** Takes a function or an object that is no plain data, and says what stands for it; undefined when it can't be lent here. */
export type Lend = (value: object) => LentRef | undefined;

/** A value that JSON.stringify renders faithfully, and the bytes that its tags point to. */
export interface Prepared {
  readonly json: unknown;
  readonly blobs: readonly Uint8Array[];
  readonly blob_bytes: number;
}

const MOST_BIGINT = 10n ** BigInt(BIGINT_DIGITS);
const REFUSED: unique symbol = Symbol("refused");

/**
 * Walks a value once. What JSON can say is passed through, the rest is replaced in copies of just the objects on the way to it; the value itself is
 * never changed. `max_bytes` bounds the walk by what the result would have at least, so that shared references can't blow it up.
 * Runs no accessor. A Proxy is what it pretends to be; what its traps throw is the caller's to catch.
 */
export function preparePlain(value: unknown, max_bytes: number, lend?: Lend): Prepared | PlainRefusal {
  const walk = new Walk(max_bytes, lend);
  const json = walk.value(value, 0);
  if (json === REFUSED) return walk.refusal();
  return { json, blobs: walk.blobs, blob_bytes: walk.blob_bytes };
}

const NO_BLOBS: readonly Uint8Array[] = Object.freeze([]);

class Walk {
  /** Most values have none: a list is made with the first. */
  #blobs: Uint8Array[] | undefined;
  blob_bytes = 0;
  #left: number;
  readonly #max_bytes: number;
  readonly #lend: Lend | undefined;
  #kind: PlainRefusal["kind"] = "not_plain";
  #what = "";
  /** Filled from the leaf up once something was refused. */
  #path: (string | number)[] | undefined;
  /** The container that was one too deep: when it also stands above itself, depth was only how the circle showed (the place named is the uppermost). */
  #deepest: object | undefined;

  constructor(max_bytes: number, lend: Lend | undefined) {
    this.#max_bytes = max_bytes;
    this.#lend = lend;
    this.#left = max_bytes;
  }

  get blobs(): readonly Uint8Array[] {
    return this.#blobs ?? NO_BLOBS;
  }
  refusal(): PlainRefusal {
    return { kind: this.#kind, what: this.#what, path: this.#path?.reverse() ?? [] };
  }

  /** The value, or what stands for it, or REFUSED. `depth` is the number of containers around it. */
  value(value: unknown, depth: number): unknown {
    if (--this.#left < 0) return this.#refuseLarge();
    switch (typeof value) {
      case "string":
        return (this.#left -= value.length) < 0 ? this.#refuseLarge() : value;
      case "number":
        return Number.isFinite(value) ? value : this.#refuse(`is ${value}`);
      case "boolean":
        return value;
      case "object":
        return value === null ? null : this.#object(value, depth);
      case "undefined":
        return this.#tag({ [TAG_KEY]: TAGS.undefined }, depth + 1);
      case "bigint":
        if (value >= MOST_BIGINT || value <= -MOST_BIGINT) {
          return this.#refuse(`is a bigint of more than ${BIGINT_DIGITS} digits`);
        }
        return this.#tag({ [TAG_KEY]: TAGS.bigint, v: value.toString() }, depth + 1);
      case "function":
        return this.#lent(value, depth) ?? this.#refuse("is a function");
      case "symbol":
        return this.#refuse("is a symbol");
    }
  }

  #object(value: object, depth: number): unknown {
    if (Array.isArray(value)) {
      if (Object.getPrototypeOf(value) !== Array.prototype) return this.#refuse("is an array of a class of its own");
      return depth >= WIRE.depth ? this.#refuseDeep(value) : this.#array(value, depth + 1);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      const lent = Object.getOwnPropertyDescriptor(value, Symbol.asyncIterator) && this.#lent(value, depth);
      if (lent !== undefined) return lent;
      return depth >= WIRE.depth ? this.#refuseDeep(value) : this.#record(value, depth + 1);
    }
    if (value instanceof Uint8Array) return this.#bytes(value, depth);
    if (value instanceof Date) {
      const ms = Date.prototype.getTime.call(value);
      return Number.isNaN(ms)
        ? this.#refuse("is an invalid Date")
        : this.#tag({ [TAG_KEY]: TAGS.date, v: ms }, depth + 1);
    }
    return this.#lent(value, depth) ?? this.#refuse(`is ${kindOf(value)}`);
  }

  /** What stands for a thing that is lent. */
  #lent(value: object, depth: number): unknown {
    const lent = this.#lend?.(value);
    if (lent === undefined) return undefined;
    const v = lent.kind === "signal" ? undefined : lent.kind === "kept" ? lent.name : lent.no;
    return this.#tag({ [TAG_KEY]: LENT_TAGS[lent.kind], ...(v !== undefined && { v }) }, depth + 1);
  }

  #array(list: readonly unknown[], depth: number): unknown {
    let copy: unknown[] | undefined;
    const length = list.length;
    for (let i = 0; i < length; i++) {
      const property = Object.getOwnPropertyDescriptor(list, i);
      const from = property?.value;
      const to = property === undefined
        ? this.#refuse("is a hole in an array")
        : property.get !== undefined || property.set !== undefined
        ? this.#refuse("is an accessor")
        : this.value(from, depth);
      if (to === REFUSED) return this.#unwind(list, i);
      if (copy !== undefined) copy.push(to);
      else if (to !== from) {
        copy = list.slice(0, i);
        copy.push(to);
      }
    }
    return copy ?? list;
  }

  #record(record: object, depth: number): unknown {
    let copy: Record<string, unknown> | undefined;
    const keys = Object.keys(record);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      this.#left -= key.length;
      const property = Object.getOwnPropertyDescriptor(record, key);
      const from = property?.value;
      const to = property !== undefined && (property.get !== undefined || property.set !== undefined)
        ? this.#refuse("is an accessor")
        : this.value(from, depth);
      if (to === REFUSED) return this.#unwind(record, key);
      const escaped = isDollars(key);
      if (copy === undefined) {
        if (to === from && !escaped) continue;
        copy = copyOf(record, keys, i);
      }
      setOwn(copy, escaped ? key + TAG_KEY : key, to);
    }
    return copy ?? record;
  }

  #bytes(bytes: Uint8Array, depth: number): unknown {
    if (!(bytes.buffer instanceof ArrayBuffer)) return this.#refuse("is bytes in shared memory");
    const length = bytes.length;
    if ((this.#left -= length) < 0) return this.#refuseLarge();
    const tag = this.#tag({ [TAG_KEY]: TAGS.bytes, v: [this.blob_bytes, length] }, depth + 2);
    if (tag !== REFUSED) {
      (this.#blobs ??= []).push(bytes);
      this.blob_bytes += length;
    }
    return tag;
  }

  /** A tag is a level of nesting like any other (two for bytes): the receiver's scan counts brackets. */
  #tag(tag: object, depth: number): unknown {
    return depth > WIRE.depth ? this.#refuseDeep(undefined) : tag;
  }

  #unwind(container: object, key: string | number): typeof REFUSED {
    (this.#path ??= []).push(key);
    if (this.#deepest === container) {
      this.#kind = "not_plain";
      this.#what = "contains itself";
      this.#path = undefined;
    }
    return REFUSED;
  }

  #refuse(what: string): typeof REFUSED {
    this.#kind = "not_plain";
    this.#what = what;
    return REFUSED;
  }

  #refuseLarge(): typeof REFUSED {
    this.#kind = "too_large";
    this.#what = `makes more than ${this.#max_bytes} bytes`;
    return REFUSED;
  }

  #refuseDeep(container: object | undefined): typeof REFUSED {
    this.#kind = "too_deep";
    this.#what = `is nested more than ${WIRE.depth} levels deep`;
    this.#deepest = container;
    return REFUSED;
  }
}

function copyOf(record: object, keys: readonly string[], count: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    setOwn(copy, key, (record as Record<string, unknown>)[key]);
  }
  return copy;
}

/** A thing's class in words. Runs no code of the thing but that of a Proxy. */
function kindOf(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  const maker = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  const name = typeof maker === "function" ? Object.getOwnPropertyDescriptor(maker, "name")?.value : undefined;
  if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return "an object of a class";
  return /^[AEIO]/i.test(name) ? `an ${name}` : `a ${name}`;
}
