import type { Clock } from "../../kernel/contract/powers.ts";

/** A clock that stands still until it is told. Timers fire in the order of their times. */
export class FakeClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly then: () => void }[] = [];
  /** Timers that were ever set. */
  set = 0;

  get pending(): number {
    return this.#timers.length;
  }

  now(): number {
    return 1_700_000_000_000 + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.#now + ms, then };
    this.#timers.push(timer);
    this.set++;
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.then();
    }
    this.#now = end;
  }
}
