/** Who waits for the next word of a Worker, whatever it is: a sign that it is not busy. */
import type { Clock } from "../../contract/powers.ts";

export class SignsOfLife {
  readonly #clock: Clock;
  #awaited: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back at the next one. */
  await(then: () => void): void {
    this.#awaited.push(then);
  }
  /** Whether one comes in time. */
  async within(ms: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const cancel = this.#clock.after(ms, () => resolve(false));
    this.await(() => resolve(true));
    const came = await promise;
    cancel();
    return came;
  }
  came(): void {
    for (const then of this.#awaited.splice(0)) then();
  }
}
