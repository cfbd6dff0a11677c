/** Whether a request is sent again, and when. Pure. */

export interface TryAgain {
  readonly wait_ms: number;
}
export interface GiveUp {
  /** Why no more is tried, where that is not plain. */
  readonly because?: string;
}

const FIRST_MS = 500;
const MOST_MS = 20_000;

export interface Situation {
  /** How many tries have failed. */
  readonly failed: number;
  readonly retries: number;
  /** What the server asked for. */
  readonly after_ms: number | undefined;
  /** Of the time that the request may take in all. */
  readonly left_ms: number;
  /** 0 ≤ n < 1. */
  readonly unit: number;
}

/**
 * The pause doubles from try to try, between half and all of it, so that those who failed together don't come back together; never less than the server asked
 * for. A pause for which there is no time is not begun.
 */
export function planRetry({ failed, retries, after_ms = 0, left_ms, unit }: Situation): TryAgain | GiveUp {
  if (failed > retries) return retries === 0 ? {} : { because: `it was tried ${failed} times` };
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** (failed - 1));
  const wait_ms = Math.max(Math.round(full / 2 + unit * full / 2), after_ms);
  if (wait_ms < left_ms) return { wait_ms };
  if (after_ms > 0) {
    return { because: `it asks to wait ${Math.ceil(after_ms / 1000)} s, and ${Math.floor(left_ms / 1000)} s are left` };
  }
  return { because: "no time is left to try again" };
}
