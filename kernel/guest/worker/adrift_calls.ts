/**
 * Calls that were given up, by their caller or by their deadline, and still run. Nobody waits for them, so the kernel counts them no more; a caller that begins
 * one after the other and gives each up would fill the module's memory all the same.
 */
import { type Fault, fault } from "../../contract/fault.ts";
import type { Limits } from "../../contract/limits.ts";
import { SafeMap } from "./primordials.ts";

export interface AdriftCalls {
  /** A call of that caller was given up. */
  began(caller: string): void;
  /** It has come to its end. */
  ended(caller: string): void;
  /** Why that caller may call no more for now. */
  refuse(caller: string): Fault | undefined;
}

/** Of `limits.calls_in_flight`, for each caller. One that hears no signal of its callers may well go on for long, and harms nobody by a few. */
const ADRIFT_FACTOR = 16;

export function openAdriftCalls(api: string, { calls_in_flight }: Pick<Limits, "calls_in_flight">): AdriftCalls {
  const counts = new SafeMap<string, number>();
  const most = calls_in_flight * ADRIFT_FACTOR;
  return {
    began: (caller) => void counts.set(caller, (counts.get(caller) ?? 0) + 1),
    ended(caller) {
      const left = (counts.get(caller) ?? 0) - 1;
      if (left > 0) counts.set(caller, left);
      else counts.delete(caller);
    },
    refuse(caller) {
      const count = counts.get(caller) ?? 0;
      if (count < most) return undefined;
      const text = `${count} calls of '${caller}' that were given up still run in '${api}'; no more may`;
      return fault("rate_limited", text, {
        hint: "give up fewer calls; a service should end when caller().signal does",
      });
    },
  };
}
