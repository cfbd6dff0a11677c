import type { Clock } from "../contract/powers.ts";

/** What keeping a process lean takes. */
export interface LeanPowers {
  readonly clock: Pick<Clock, "after" | "monotonic">;
  /** Resident bytes of this process. */
  readonly rss: () => number;
  /** Gives back what this process does not use. */
  readonly release: () => void;
}

/** By then a start is over, and a third of what it took is garbage. */
export const FIRST_LOOK_MS = 3_000;
/** Rare enough to cost nothing; V8 by itself waits for ever while a process is idle. */
export const LOOK_MS = 15_000;
/** Growth that makes a release worth its ten milliseconds. */
export const GROWTH_BYTES = 2_097_152;
/** Nobody is served during a release, and in a large process it takes long: no more than this part of the time goes into releases. */
export const MOST_PART = 1 / 1_000;
/** Even then memory is given back so often. */
export const LONGEST_MS = 120_000;

/** Releases memory once a process has started, and again whenever it has grown since. Gives what ends it; twice is harmless. */
export function keepLean({ clock, rss, release }: LeanPowers): () => void {
  let left = 0;
  let cancel = clock.after(FIRST_LOOK_MS, look);
  function look(): void {
    let pause = LOOK_MS;
    if (rss() - left > GROWTH_BYTES) {
      const since = clock.monotonic();
      release();
      left = rss();
      pause = Math.min(LONGEST_MS, Math.max(LOOK_MS, (clock.monotonic() - since) / MOST_PART));
    }
    cancel = clock.after(pause, look);
  }
  return () => cancel();
}
