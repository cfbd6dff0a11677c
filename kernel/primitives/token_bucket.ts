/**
 * A rate with a burst: so much per second on average, at most `burst` at once. Time is given by the caller, in monotonic milliseconds.
 * A single take of more than the burst is let through once the bucket is full, and the debt is worked off: what is too large at once is another
 * limit's business, and must not be refused for ever by this one.
 */
export class TokenBucket {
  readonly #per_ms: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(rule: { readonly per_s: number; readonly burst?: number }, now_ms: number) {
    this.#per_ms = rule.per_s / 1_000;
    this.#burst = rule.burst ?? rule.per_s;
    this.#tokens = this.#burst;
    this.#at = now_ms;
  }

  /** Takes `count` and says true, or takes nothing and says false. */
  take(count: number, now_ms: number): boolean {
    this.#fill(now_ms);
    if (this.#tokens < Math.min(count, this.#burst)) return false;
    this.#tokens -= count;
    return true;
  }

  /** Milliseconds until `take` of as many would say true. */
  waitMs(count: number, now_ms: number): number {
    this.#fill(now_ms);
    return Math.max(0, Math.ceil((Math.min(count, this.#burst) - this.#tokens) / this.#per_ms));
  }

  #fill(now_ms: number): void {
    if (now_ms <= this.#at) return;
    this.#tokens = Math.min(this.#burst, this.#tokens + (now_ms - this.#at) * this.#per_ms);
    this.#at = now_ms;
  }
}
