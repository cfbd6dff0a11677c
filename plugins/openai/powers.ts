/** What is not pure: the network, the clock and chance. Handed in, so that a test can have its own. */
import type { Kernel } from "meta-machine";

export interface Powers {
  /** The module's own, a call to the http service; undefined without `grants.net`. */
  readonly fetch: typeof fetch | undefined;
  /** Monotonic, in ms. */
  readonly now: () => number;
  /** What day it is. */
  readonly today: () => Date;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Ends early when the module is shut down. */
  readonly sleep: (ms: number) => Promise<void>;
}

export function powersOf(kernel: Kernel): Powers {
  return {
    fetch: typeof globalThis.fetch === "function" ? globalThis.fetch : undefined,
    now: () => performance.now(),
    today: () => new Date(),
    random: Math.random,
    sleep: (ms) => kernel.sleep(ms),
  };
}
