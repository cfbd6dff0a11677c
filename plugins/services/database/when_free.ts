import { fault } from "meta-machine";
import { isBusy } from "./sql_fault.ts";

const PAUSE_MS = 15;
/** A former instance of this module may still have a transaction open; it ends within its own bounds. */
const LONGEST_MS = 10_000;

/**
 * Begins something that another process's connection may hold up, as during a reload: tries again until the caller's time is over, and leaves the loop to others
 * meanwhile. `act` must have done nothing when it is refused as busy.
 */
export async function whenFree<T>(act: () => T, signal?: AbortSignal): Promise<T> {
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (signal?.aborted || performance.now() > until) {
        throw fault("conflict", "another connection writes", { retriable: true, hint: "call again" });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
