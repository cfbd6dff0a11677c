/**
 * Which cell answered which call, until the caller has acknowledged the answer: a caller that lost its link asks again, and the same
 * key must come back to the cell that keeps the reply. After a kernel's crash the cells' own reports fill in (`holds`). That a cell has
 * ended is no reason to forget: what it answered has run, and must not run again elsewhere.
 */
import { type CallKey, callKey, type CellId } from "../contract/names.ts";

/** Forgotten oldest first beyond this; a caller that never acknowledges harms only its own repeats. */
export const MAX_PER_CALLER = 16_384;
/** Keys from reports, of all cells together; the cells that reported first go first. */
export const MAX_REPORTED = 262_144;
/** Cells remembered with the modules that sat in them. */
const MAX_CELLS = 4_096;

export class AnsweredCalls {
  /** caller's cell → caller's number → who answered */
  readonly #answered = new Map<string, Map<number, CellId>>();
  /** What each cell reported to hold, newest report last. */
  readonly #reported = new Map<CellId, Set<CallKey>>();
  #reported_keys = 0;
  readonly #modules = new Map<CellId, Set<string>>();

  /** A module sits in that cell: only for its calls the cell's reports count. */
  seated(cell: CellId, api: string): void {
    const apis = this.#modules.get(cell);
    if (apis !== undefined) return void apis.add(api);
    this.#modules.set(cell, new Set([api]));
    if (this.#modules.size > MAX_CELLS) this.#modules.delete(this.#modules.keys().next().value!);
  }

  answered(origin: string, id: number, by: CellId): void {
    let calls = this.#answered.get(origin);
    if (calls === undefined) this.#answered.set(origin, calls = new Map());
    calls.set(id, by);
    if (calls.size > MAX_PER_CALLER) calls.delete(calls.keys().next().value!);
  }

  /** A cell's newest report replaces what it said before. */
  reported(keys: readonly CallKey[], by: CellId): void {
    this.#forgetReport(by);
    if (keys.length === 0) return;
    const held = new Set(keys);
    this.#reported.set(by, held);
    this.#reported_keys += held.size;
    while (this.#reported_keys > MAX_REPORTED && this.#reported.size > 1) {
      this.#forgetReport(this.#reported.keys().next().value!);
    }
  }

  /**
   * Which cells may run or keep this call to that api: the one that surely answered it, else those that say so. A cell that lies about what it
   * holds gets hold of no calls but those to its own modules.
   */
  holdersOf(origin: string, id: number, api: string): readonly CellId[] {
    const sure = this.#answered.get(origin)?.get(id);
    if (sure !== undefined) return [sure];
    const key = callKey(origin, id);
    return [...this.#reported].filter(([cell, held]) => held.has(key) && this.#modules.get(cell)?.has(api))
      .map(([cell]) => cell);
  }

  /** The caller has these answers, at most WIRE.ack_ids: gives the numbers that each callee's cell may forget. */
  acknowledge(origin: string, ranges: readonly (readonly [number, number])[]): Map<CellId, number[]> {
    const forget = new Map<CellId, number[]>();
    const calls = this.#answered.get(origin);
    if (calls === undefined) return forget;
    for (const [from, to] of ranges) {
      for (let id = from; id <= to; id++) {
        const by = calls.get(id);
        if (by === undefined) continue;
        calls.delete(id);
        if (this.#reported.get(by)?.delete(callKey(origin, id))) this.#reported_keys--;
        const ids = forget.get(by);
        if (ids === undefined) forget.set(by, [id]);
        else ids.push(id);
      }
    }
    return forget;
  }

  /** Whether a caller has not acknowledged an answer of that cell's. */
  isOwed(by: CellId): boolean {
    for (const calls of this.#answered.values()) for (const cell of calls.values()) if (cell === by) return true;
    return false;
  }

  /** A cell has ended: what it asked for has no one to come back to. */
  forgetCaller(cell: CellId): void {
    this.#answered.delete(cell);
  }

  #forgetReport(cell: CellId): void {
    this.#reported_keys -= this.#reported.get(cell)?.size ?? 0;
    this.#reported.delete(cell);
  }
}
