/** The streams of one call, counted with those who tell and read them: so many may be open as their limits allow. */
import { type Fault, fault } from "../contract/fault.ts";
import type { HitLimit } from "../contract/events.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { Seat } from "./seat.ts";

/** Why a seat may not have so many streams more; undefined when it may. `hit` hears of the limit. */
export function refuseStreams(seat: Seat | undefined, more: number, hit: HitLimit): Fault | undefined {
  if (seat === undefined || seat.open_streams + more <= seat.limits.open_streams) return undefined;
  const { api, open_streams, limits } = seat;
  hit(api, { limit: "open_streams", found: open_streams + more, allowed: limits.open_streams });
  return fault(
    "quota",
    `'${api}' has ${open_streams} streams open and ${more} more would begin; limits.open_streams allows ${limits.open_streams}`,
    { hint: "read streams to their end or break off, or raise the limit" },
  );
}

/** Streams among the arguments count for who lends them, for as long as the call lasts. */
export function countLentStreams({ from, lends }: CallEntry, sign: 1 | -1): void {
  if (from !== undefined && lends?.streams !== undefined) from.open_streams += sign * lends.streams;
}

/** Streams that are counted until each is at its end. */
export class StreamLedger {
  readonly #seats: readonly Seat[];
  readonly #open: Set<number>;

  /** `count` streams, numbered from 0, between these two; one that calls itself is both ends, and counts them once, as it was asked whether it may. */
  constructor(count: number, ends: readonly (Seat | undefined)[]) {
    this.#seats = [...new Set(ends)].filter((seat) => seat !== undefined);
    this.#open = new Set(Array.from({ length: count }, (_, no) => no));
    for (const seat of this.#seats) seat.open_streams += count;
  }

  has(no: number): boolean {
    return this.#open.has(no);
  }
  get size(): number {
    return this.#open.size;
  }

  /** False when it was at its end before, or never was. */
  end(no: number): boolean {
    if (!this.#open.delete(no)) return false;
    for (const seat of this.#seats) seat.open_streams--;
    return true;
  }
  endAll(): void {
    for (const no of [...this.#open]) this.end(no);
  }
}
