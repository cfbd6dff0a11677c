import type { Clock } from "../contract/powers.ts";

/** What keeping a process lean takes. */
export interface LeanPowers {
  readonly after: Clock["after"];
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

/** Releases memory once a process has started, and again whenever it has grown since. Gives what ends it; twice is harmless. */
export function keepLean({ after, rss, release }: LeanPowers): () => void {
  let left = 0;
  let cancel = after(FIRST_LOOK_MS, look);
  function look(): void {
    if (rss() - left > GROWTH_BYTES) {
      release();
      left = rss();
    }
    cancel = after(LOOK_MS, look);
  }
  return () => cancel();
}
