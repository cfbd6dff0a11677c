import { fault } from "meta-machine";

/** Gives a place back; a second time does nothing. */
export type Leave = () => void;

interface Waiter {
  enter(): void;
}

/**
 * Lets at most so many in at once; others wait in the order in which they came. Who gives up while waiting leaves the line and never gets a place, so that a
 * caller that is gone holds nobody up.
 */
export class Turns {
  readonly #waiting = new Set<Waiter>();
  readonly #places: number;
  readonly #what: string;
  #taken = 0;

  /** `what` there is to wait for, in the words of the refusal. */
  constructor(places: number, what: string) {
    this.#places = places;
    this.#what = what;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  async take(signal?: AbortSignal): Promise<Leave> {
    if (signal?.aborted) throw this.#gaveUp();
    if (this.#taken < this.#places) return this.#enter();
    const { promise, resolve, reject } = Promise.withResolvers<Leave>();
    const waiter: Waiter = { enter: () => resolve(this.#enter()) };
    const giveUp = () => {
      if (this.#waiting.delete(waiter)) reject(this.#gaveUp());
    };
    this.#waiting.add(waiter);
    signal?.addEventListener("abort", giveUp, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener("abort", giveUp);
    }
  }

  #enter(): Leave {
    this.#taken++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken--;
      const [next] = this.#waiting;
      if (next === undefined) return;
      this.#waiting.delete(next);
      next.enter();
    };
  }

  #gaveUp() {
    return fault("conflict", `the call ended while it waited for ${this.#what}`, {
      retriable: true,
      hint: "others were first; call again, and keep transactions short",
    });
  }
}
