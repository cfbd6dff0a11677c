/** Numbers that look random and are the same for the same seed, and what is made of them. */

export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 ≤ unit < 1 (mulberry32). */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  /** 0, 1, … below. */
  below(end: number): number {
    return Math.floor(this.unit() * end);
  }
  /** Once in so many. */
  once(times: number): boolean {
    return this.unit() * times < 1;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
  bytes(count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at++) bytes[at] = this.below(256);
    return bytes;
  }
  /** A seed for one of several that must not disturb one another. */
  fork(): Random {
    return new Random(this.below(2 ** 32));
  }
}

const UNITS = [
  "a",
  "B",
  "7",
  "_",
  ".",
  "/",
  "@",
  "~",
  "#",
  " ",
  '"',
  "\\",
  "$",
  "\u0000",
  "\n",
  "é",
  "€",
  "😀",
  "\ud800",
];
const WORDS = [
  ...["", "__proto__", "constructor", "then", "toString", "default", "do", "hasOwnProperty", "@operator", "@kernel"],
  ...["../..", "null", "NaN", "1.1", "0.0", "a~1", "a~1#1", "status", "secret", "reload", "limit", "0", "1", "-1"],
];
const NUMBERS = [
  ...[
    0,
    1,
    2,
    3,
    255,
    4_095,
    4_096,
    4_097,
    65_535,
    65_536,
    65_537,
    1_048_576,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 53 - 1,
  ],
  ...[-1, -0, 0.5, 1e-300, 1e21, 1e308, -1e308, 2 ** 53],
];

export function anyText(random: Random): string {
  if (random.once(2)) return random.pick(WORDS);
  const long = random.once(40) ? 400 : 24;
  return Array.from({ length: random.below(long) }, () => random.pick(UNITS)).join("");
}

export function anyNumber(random: Random): number {
  return random.once(3) ? random.below(1_000) : random.pick(NUMBERS);
}

/** What JSON can say, seldom deep or large. */
export function anyValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 4 ? 5 : 8);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random.once(2);
    case 2:
      return anyNumber(random);
    case 3:
    case 4:
      return anyText(random);
    case 5:
      return Array.from({ length: random.below(5) }, () => anyValue(random, depth + 1));
    case 6:
      return { $: random.pick(["n", "d", "u", "b", "f", "k", "s", "a", "$", 1]), v: anyValue(random, depth + 1) };
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [anyText(random), anyValue(random, depth + 1)]),
      );
  }
}

/** The same bytes with one or several slips. */
export function spoil(random: Random, bytes: Uint8Array): Uint8Array {
  let spoilt: Uint8Array = bytes.slice();
  for (let slips = 1 + random.below(3); slips > 0; slips--) {
    const at = random.below(Math.max(1, spoilt.length));
    switch (random.below(6)) {
      case 0:
        if (spoilt.length > 0) spoilt[at]! ^= 1 << random.below(8);
        break;
      case 1:
        if (spoilt.length > 0) spoilt[at] = random.below(256);
        break;
      case 2:
        spoilt = spoilt.slice(0, at);
        break;
      case 3:
        spoilt = join(spoilt.subarray(0, at), random.bytes(random.below(16)), spoilt.subarray(at));
        break;
      case 4:
        spoilt = join(spoilt.subarray(0, at), spoilt.subarray(random.below(spoilt.length + 1)));
        break;
      default:
        spoilt = join(spoilt, spoilt.subarray(at));
    }
  }
  return spoilt;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return joinAll(parts);
}

export function joinAll(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
