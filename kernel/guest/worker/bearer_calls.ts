/** Calls that show a token. A kernel knows those that were shown to it: one that has just begun is shown it again, and what it refused for that reason is said anew. */
import { FaultError } from "../../contract/fault.ts";
import { KERNEL_API } from "../../contract/names.ts";
import type { MadeCalls } from "./made_calls.ts";

export interface Bearer {
  /** Rejects with `denied` for a token that gives no authority. */
  show(): Promise<{ readonly principal: string }>;
  readonly calls: Pick<MadeCalls, "call">;
}

export function bearerCalls(made: Pick<MadeCalls, "call">, token: string): Bearer {
  const target = { api: KERNEL_API, aspect: "default", name: "bearer", kind: "call" } as const;
  const show = () => made.call(target, [token]) as Promise<{ readonly principal: string }>;
  const call: MadeCalls["call"] = async (target, args, more = {}) => {
    let served = false;
    const answered = (live: boolean) => {
      served = live;
      more.answered?.(live);
    };
    const shown = { ...more, bearer: token, answered };
    try {
      return await made.call(target, args, shown);
    } catch (error) {
      if (served || !isUnknown(error)) throw error;
    }
    await show();
    return await made.call(target, args, shown);
  };
  return { show, calls: { call } };
}

/** Refused by a kernel that may know better in a moment. */
function isUnknown(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === "denied" && error.fault.retriable &&
    !error.fault.maybe_ran;
}
