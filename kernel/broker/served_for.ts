/** In whose name a seat serves a call: what the kernel's own services may have to know of its caller. */
import { type Grants, NO_GRANTS } from "../contract/spec.ts";
import { PRINCIPALS_FILE } from "../contract/names.ts";
import { isStamped } from "./authority.ts";
import type { CallLedger } from "./call_ledger.ts";
import { servedCall } from "./call_tree.ts";
import type { Seat } from "./seat.ts";

export interface ServedFor {
  readonly caller: string;
  /** Where the caller's grants stand; undefined for the operator, who has none to be bound by and none to use. */
  readonly config?: string;
  /** Grants that bound the call, the caller's own first, then those of whom it acts for. Only what all of them allow is allowed. */
  readonly grants: readonly Grants[];
}

/** Undefined when the seat does not serve the call that it says it serves. */
export function servedFor(ledger: CallLedger, seat: Seat, id: number | undefined): ServedFor | undefined {
  const served = servedCall(ledger, seat, id);
  if (served === undefined) return undefined;
  const grants: Grants[] = [];
  for (let call: typeof served | undefined = served; call?.from !== undefined; call = call.parent) {
    if (isStamped(call)) return { caller: served.caller.api, config: PRINCIPALS_FILE, grants: [...grants, NO_GRANTS] };
    grants.push(call.from.grants);
    if (call.lends?.as_caller !== true) break;
  }
  const config = served.from?.config;
  return { caller: served.caller.api, ...(config !== undefined && { config }), grants };
}
