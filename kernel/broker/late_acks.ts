/**
 * Answers that callers have: their callees' cells may forget them. That has time, and every word wakes a process: so it is said when there is much of
 * it, or after a while.
 */
import type { CellId } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import { toRanges } from "../primitives/id_ranges.ts";
import type { CellPort } from "./seat.ts";

/** Kept answers cost memory at the callee: far fewer than WIRE.done_count. */
export const ACK_AT = 256;
export const ACK_MS = 250;
/** Ranges in one `ack`: its header must stay below WIRE.header_bytes. */
const RANGES_PER_ACK = 64;

export class LateAcks {
  readonly #clock: Pick<Clock, "after">;
  readonly #portOf: (cell: CellId) => CellPort | undefined;
  /** callee's cell → caller → its numbers */
  readonly #waiting = new Map<CellId, Map<string, number[]>>();
  #cancel: (() => void) | undefined;

  constructor(clock: Pick<Clock, "after">, portOf: (cell: CellId) => CellPort | undefined) {
    this.#clock = clock;
    this.#portOf = portOf;
  }

  add(callee: CellId, caller: string, id: number): void {
    let of_callee = this.#waiting.get(callee);
    if (of_callee === undefined) this.#waiting.set(callee, of_callee = new Map());
    const ids = of_callee.get(caller);
    if (ids === undefined) of_callee.set(caller, [id]);
    else if (ids.push(id) >= ACK_AT) {
      of_callee.delete(caller);
      return this.#say(callee, caller, ids);
    }
    this.#cancel ??= this.#clock.after(ACK_MS, () => this.flush());
  }

  /** Says all there is. */
  flush(): void {
    this.dispose();
    for (const [callee, of_callee] of this.#waiting) {
      for (const [caller, ids] of of_callee) this.#say(callee, caller, ids);
    }
    this.#waiting.clear();
  }

  /** No timer of it runs any more. */
  dispose(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  forget(callee: CellId): void {
    this.#waiting.delete(callee);
  }

  #say(callee: CellId, caller: string, ids: readonly number[]): void {
    const ranges = toRanges(ids);
    for (let at = 0; at < ranges.length; at += RANGES_PER_ACK) {
      this.#portOf(callee)?.send({ t: "ack", of: caller, ids: ranges.slice(at, at + RANGES_PER_ACK) });
    }
  }
}
