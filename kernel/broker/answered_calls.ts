/**
 * Which cell answered which call, until the caller has acknowledged the answer: a caller that lost its link asks again, and the same
 * key must come back to the cell that keeps the reply. After a kernel's crash the cells' own reports fill in (`holds`).
 */
import type { CallKey, CellId } from "../contract/names.ts";

/** Forgotten oldest first beyond this; a caller that never acknowledges harms only its own repeats. */
const MAX_PER_CALLER = 65_536;

export class AnsweredCalls {
  /** caller's cell → caller's number → who answered */
  readonly #answered = new Map<string, Map<number, { readonly key: CallKey; readonly by: CellId }>>();
  /** key → the cell that reported to hold it, from before this kernel. */
  readonly #reported = new Map<CallKey, CellId>();

  answered(origin: string, id: number, key: CallKey, by: CellId): void {
    let calls = this.#answered.get(origin);
    if (calls === undefined) this.#answered.set(origin, calls = new Map());
    calls.set(id, { key, by });
    if (calls.size > MAX_PER_CALLER) calls.delete(calls.keys().next().value!);
  }

  reported(keys: readonly CallKey[], by: CellId): void {
    for (const key of keys) this.#reported.set(key, by);
  }

  holderOf(origin: string, id: number, key: CallKey): CellId | undefined {
    return this.#answered.get(origin)?.get(id)?.by ?? this.#reported.get(key);
  }

  /** The caller has these answers: gives the keys that each callee's cell may forget. */
  acknowledge(origin: string, ranges: readonly (readonly [number, number])[]): Map<CellId, CallKey[]> {
    const forget = new Map<CellId, CallKey[]>();
    const calls = this.#answered.get(origin);
    if (calls === undefined) return forget;
    for (const [from, to] of ranges) {
      // A range may be a lie of any width: walk whichever is shorter.
      const ids = to - from < calls.size ? span(from, to) : [...calls.keys()].filter((id) => id >= from && id <= to);
      for (const id of ids) {
        const call = calls.get(id);
        if (call === undefined) continue;
        calls.delete(id);
        const keys = forget.get(call.by);
        keys === undefined ? forget.set(call.by, [call.key]) : keys.push(call.key);
      }
    }
    return forget;
  }

  /** A cell has ended: it holds nothing any more, and what it asked for has no one to come back to. */
  forgetCell(cell: CellId): void {
    this.#answered.delete(cell);
    for (const [key, by] of this.#reported) if (by === cell) this.#reported.delete(key);
  }
}

function* span(from: number, to: number): Iterable<number> {
  for (let id = from; id <= to; id++) yield id;
}
