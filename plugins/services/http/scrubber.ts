/** Puts stars in the place of secrets in whatever passes, of the same length, so that no count of bytes becomes wrong. */
const STAR = 42;

/** Bytes in pieces: what may be the beginning of a secret waits for the next piece, everything else passes at once. */
export class Scrubber {
  /** Longest first: of two that begin alike the longer one is put out of sight. */
  readonly #secrets: readonly Uint8Array[];
  #held: Uint8Array = new Uint8Array(0);

  constructor(texts: readonly string[]) {
    this.#secrets = texts.map((text) => new TextEncoder().encode(text)).filter(({ length }) => length > 0)
      .sort((a, b) => b.length - a.length);
  }

  push(piece: Uint8Array): Uint8Array {
    if (this.#secrets.length === 0) return piece;
    const bytes = new Uint8Array(this.#held.length + piece.length);
    bytes.set(this.#held);
    bytes.set(piece, this.#held.length);
    const end = this.#starOut(bytes);
    this.#held = bytes.slice(end);
    return bytes.subarray(0, end);
  }

  /** What was held back: it began no longer secret after all, and may be a shorter one. */
  end(): Uint8Array {
    const rest = this.#held;
    this.#held = new Uint8Array(0);
    this.#starOut(rest, "the last");
    return rest;
  }

  /** Gives where the bytes end that may pass. */
  #starOut(bytes: Uint8Array, which: "more follow" | "the last" = "more follow"): number {
    const starts = new Set(this.#secrets.map(([first]) => first));
    for (let at = 0; at < bytes.length; at++) {
      if (!starts.has(bytes[at])) continue;
      // A longer one that is still coming goes before a shorter one that is here.
      for (const secret of this.#secrets) {
        const there = Math.min(secret.length, bytes.length - at);
        if ((there < secret.length && which === "the last") || !matches(bytes, at, secret, there)) continue;
        if (there < secret.length) return at;
        bytes.fill(STAR, at, at + secret.length);
        at += secret.length - 1;
        break;
      }
    }
    return bytes.length;
  }
}

function matches(bytes: Uint8Array, at: number, secret: Uint8Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (bytes[at + i] !== secret[i]) return false;
  return true;
}

/** The same for a whole text. */
export function scrubText(text: string, secrets: readonly string[]): string {
  const longest_first = [...secrets].sort((a, b) => b.length - a.length);
  return longest_first.reduce((done, secret) => done.replaceAll(secret, "*".repeat(secret.length)), text);
}
