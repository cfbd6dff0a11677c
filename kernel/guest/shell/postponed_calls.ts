/**
 * Calls that belong to a served call of which the new kernel has not heard yet: said before it, they would lose whose call they are, how deep they are and
 * whom they may call back. They wait until it has been asked for again, for so long at the most.
 */
import type { MadeCall } from "./made_calls.ts";

/** By then every caller that outlived a kernel has said its calls again, or is gone. */
export const POSTPONED_MS = 2_000;

export class PostponedCalls {
  /** Served call → what waits for it, and since when. */
  readonly #waiting = new Map<number, { readonly calls: MadeCall[]; readonly since: number }>();

  add(parent: number, call: MadeCall, now: number): void {
    const waiting = this.#waiting.get(parent);
    if (waiting === undefined) this.#waiting.set(parent, { calls: [call], since: now });
    else waiting.calls.push(call);
  }

  /** The served call is known again, or has ended. */
  release(parent: number): readonly MadeCall[] {
    if (this.#waiting.size === 0) return [];
    const calls = this.#waiting.get(parent)?.calls ?? [];
    this.#waiting.delete(parent);
    return calls;
  }

  /** Those that have waited too long. */
  expire(now: number): readonly MadeCall[] {
    if (this.#waiting.size === 0) return [];
    const late = [...this.#waiting].filter(([, { since }]) => now - since >= POSTPONED_MS);
    for (const [parent] of late) this.#waiting.delete(parent);
    return late.flatMap(([, { calls }]) => calls);
  }

  forget(call: MadeCall): void {
    for (const { calls } of this.#waiting.values()) {
      const at = calls.indexOf(call);
      if (at >= 0) calls.splice(at, 1);
    }
  }
}
