import type { Clock } from "../contract/powers.ts";

/** A start that is due after a while; the last word counts. */
export class LaterStart {
  readonly #clock: Pick<Clock, "after">;
  readonly #start: () => void;
  #cancel: () => void = () => {};

  constructor(clock: Pick<Clock, "after">, start: () => void) {
    this.#clock = clock;
    this.#start = start;
  }

  in(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, this.#start);
  }
  cancel(): void {
    this.#cancel();
  }
}
