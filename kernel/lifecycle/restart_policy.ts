/** May a module that ended be started again, and when? At once the first time, then with back-off and jitter; too often is given up. */
import type { Clock, Randomness } from "../contract/powers.ts";
import { backOff } from "../primitives/back_off.ts";

export interface ToldRestarts {
  readonly count: number;
  readonly ago_ms: readonly number[];
}

export class RestartPolicy {
  #bound: { readonly max: number; readonly window_s: number };
  readonly #clock: Clock;
  readonly #random: Randomness;
  /** When restarts happened, within the window. */
  #times: number[] = [];
  /** All restarts, for `status`. */
  count = 0;

  constructor(bound: { readonly max: number; readonly window_s: number }, clock: Clock, random: Randomness) {
    this.#bound = bound;
    this.#clock = clock;
    this.#random = random;
  }

  /** A newer config may allow more or less. */
  adjust(bound: { readonly max: number; readonly window_s: number }): void {
    this.#bound = bound;
  }

  /** Restarts within the window that are not forgiven. */
  get recent(): number {
    return this.#times.length;
  }

  /** For the next kernel, whose clock is another: how long ago restarts happened, in milliseconds. */
  told(): ToldRestarts {
    const now = this.#clock.monotonic();
    return { count: this.count, ago_ms: this.#times.map((time) => Math.round(now - time)) };
  }
  take({ count, ago_ms }: ToldRestarts): void {
    const now = this.#clock.monotonic();
    this.count = count;
    this.#times = ago_ms.map((ago) => now - ago);
  }

  next(): "give_up" | { readonly after_ms: number } {
    const now = this.#clock.monotonic();
    this.#times = this.#times.filter((time) => now - time < this.#bound.window_s * 1000);
    if (this.#times.length >= this.#bound.max) return "give_up";
    const attempt = this.#times.length;
    this.#times.push(now);
    this.count++;
    return { after_ms: attempt === 0 ? 0 : backOff(attempt, this.#random.unit()) };
  }

  /** A clean record: a new version, or the operator's word. */
  forgive(): void {
    this.#times = [];
  }
}
