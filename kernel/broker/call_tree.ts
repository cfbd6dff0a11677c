/** A call may serve another: the tree that makes, and what follows from it for nested calls. */
import type { InstanceId } from "../contract/names.ts";
import type { CallEntry, CallLedger } from "./call_ledger.ts";
import type { Route, Seat } from "./seat.ts";

/** The call that the caller says it serves, if that is true. */
export function servedCall(ledger: CallLedger, seat: Seat, id: number | undefined): CallEntry | undefined {
  const entry = id === undefined ? undefined : ledger.get(id);
  return entry?.to === seat ? entry : undefined;
}

/**
 * A nested call goes to the instance that already takes part in its tree, also when that is being replaced: A→B→A never waits for itself,
 * nor meets a newer A.
 */
export function pinnedRoute(
  parent: CallEntry | undefined,
  api: string,
  isSeated: (instance: InstanceId) => boolean,
): Route | undefined {
  for (let call = parent; call !== undefined; call = call.parent) {
    const seat = call.api === api ? call.to : call.from?.api === api ? call.from : undefined;
    if (seat !== undefined && isSeated(seat.instance)) return { to: "seat", seat };
  }
  return undefined;
}
