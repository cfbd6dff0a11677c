import type { Clock } from "../../contract/powers.ts";
import { turnClock } from "../../primitives/turn_clock.ts";

/**
 * This process's own time. Its timers are those of `AbortSignal`: the first use of `setTimeout` loads the runtime's Node layer, 0.7 MB in each of many
 * cells. What is given up: a cancelled timer keeps its few bytes until its time, so nothing here may set and cancel timers by the call.
 */
export const SHELL_CLOCK: Clock = Object.freeze({
  now: () => Date.now(),
  monotonic: turnClock(() => performance.now()),
  after: (ms: number, then: () => void) => {
    const cancelled = new AbortController();
    const timer = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
    timer.addEventListener("abort", then, { once: true, signal: cancelled.signal });
    return () => cancelled.abort();
  },
});
