import type { Clock } from "../contract/powers.ts";

/** Resolves after so many milliseconds of that clock. */
export function pause(clock: Pick<Clock, "after">, ms: number): Promise<void> {
  return new Promise((resume) => clock.after(ms, resume));
}
