/** Does a request until it succeeds or nothing is to be gained any more. */
import { fault, FaultError } from "meta-machine";
import type { Bounds } from "./bounds.ts";
import type { Judged } from "./judge_failure.ts";
import type { Powers } from "./powers.ts";
import { planRetry } from "./retry_plan.ts";

export interface Retrying {
  readonly retries: number;
  readonly bounds: Pick<Bounds, "signal" | "left">;
  readonly powers: Pick<Powers, "random" | "sleep">;
  readonly judge: (error: unknown) => Judged;
  /** Hears of each try that follows a failed one. */
  readonly again: () => void;
}

export async function withRetries<T>(
  act: () => Promise<T>,
  { retries, bounds, powers, judge, again }: Retrying,
): Promise<T> {
  const { signal } = bounds;
  for (let failed = 1;; failed++) {
    try {
      signal.throwIfAborted();
      return await act();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const judged = judge(error);
      if (!judged.again) throw judged.fault;
      const plan = planRetry({
        failed,
        retries,
        after_ms: judged.after_ms,
        left_ms: bounds.left(),
        unit: powers.random(),
      });
      if (!("wait_ms" in plan)) throw plan.because === undefined ? judged.fault : saying(judged.fault, plan.because);
      await orAborted(powers.sleep(plan.wait_ms), signal);
      again();
    }
  }
}

function saying({ code, message, hint, retriable }: FaultError, because: string): FaultError {
  return fault(code as Parameters<typeof fault>[0], `${message}; ${because}`, { hint, retriable });
}

export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const listener = () => reject(signal.reason);
  signal.addEventListener("abort", listener, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", listener);
  }
}
