/** How often each principal may ask: so many at once, and from then on as many a minute. */
interface Bucket {
  left: number;
  at: number;
}

/** There are fewer principals than this; what is beyond is forgotten, the longest unused first. */
const MOST = 1_024;

export class RateLimit {
  readonly #per_minute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(per_minute: number, now: () => number) {
    this.#per_minute = per_minute;
    this.#now = now;
  }

  /** Takes one; otherwise the whole seconds until there is one to take. */
  take(principal: string): number | undefined {
    const now = this.#now();
    const per_ms = this.#per_minute / 60_000;
    const { left, at } = this.#buckets.get(principal) ?? { left: this.#per_minute, at: now };
    const there = Math.min(this.#per_minute, left + (now - at) * per_ms);
    const granted = there >= 1;
    this.#buckets.delete(principal);
    this.#buckets.set(principal, { left: granted ? there - 1 : there, at: now });
    if (this.#buckets.size > MOST) this.#buckets.delete(this.#buckets.keys().next().value!);
    return granted ? undefined : Math.max(1, Math.ceil((1 - there) / per_ms / 1_000));
  }
}
