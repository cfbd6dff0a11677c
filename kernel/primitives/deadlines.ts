import type { Clock } from "../contract/powers.ts";
import { invariant } from "./invariant.ts";

/** Deadlines within so many milliseconds share a turn of the timer: nothing fires early, and nothing more than this late (as far as the timer is on time). */
export const TURN_MS = 10;
/** Longer timers overflow in some runtimes; time is looked at again then. */
const LONGEST_MS = 1_000_000_000;

/** A thing with a deadline on the clock's monotonic scale; infinite for one that has none (any more). */
export interface Due {
  readonly deadline: number;
}

/**
 * The deadlines of things that somebody else keeps, on one timer. Noting one costs a comparison and ending one costs nothing, since nearly all things end
 * long before their deadline; for that each turn of the timer looks at all there are. `expire` may note deadlines and change them. If it throws, the others
 * expire all the same, and the first error is thrown to the timer's caller. After the last thing has ended the timer still runs out once.
 */
export class Deadlines<T extends Due> {
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #all: () => Iterable<T>;
  readonly #expire: (item: T) => void;
  /** When the timer runs out, in turns; -Infinity while one is under way. */
  #armed = Infinity;
  #cancel: () => void = () => {};

  /** `all`: those that have not ended. Each that is expired must have ended then, or have a later deadline. */
  constructor(clock: Pick<Clock, "monotonic" | "after">, all: () => Iterable<T>, expire: (item: T) => void) {
    this.#clock = clock;
    this.#all = all;
    this.#expire = expire;
  }

  /** Something has this deadline now; one that has passed fires with the next turn of the timer. */
  note(at_ms: number): void {
    invariant(Number.isFinite(at_ms), "a deadline is a finite time");
    const turn = Math.ceil(at_ms / TURN_MS);
    if (turn < this.#armed) this.#arm(turn);
  }

  /** Stops the timer. */
  clear(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#armed = Infinity;
  }

  #arm(turn: number): void {
    this.clear();
    this.#armed = turn;
    const ms = Math.min(LONGEST_MS, Math.max(0, turn * TURN_MS - this.#clock.monotonic()));
    this.#cancel = this.#clock.after(ms, () => this.#turn());
  }

  #turn(): void {
    this.#armed = -Infinity;
    const now = this.#clock.monotonic();
    const errors: unknown[] = [];
    for (const item of [...this.#all()].filter(({ deadline }) => deadline <= now)) {
      // One that expired before it may have ended it.
      if (item.deadline > now) continue;
      try {
        this.#expire(item);
      } catch (error) {
        errors.push(error);
      }
    }
    this.clear();
    let earliest = Infinity;
    for (const { deadline } of this.#all()) if (deadline < earliest) earliest = deadline;
    if (earliest < Infinity) this.note(earliest);
    if (errors.length > 0) throw errors[0];
  }
}
