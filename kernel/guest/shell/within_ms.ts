import type { Clock } from "../../contract/powers.ts";

/** Resolves when that is done, or after `ms`. */
export function withinMs(clock: Pick<Clock, "after">, ms: number, done: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    void done.then(() => {
      cancel();
      resolve();
    });
  });
}
