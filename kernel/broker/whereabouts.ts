/**
 * A call that is told again, and that this kernel has not in flight: who has it? The same key must come back to the cell that runs it or keeps
 * its answer, and must never run a second time by guess.
 */
import { type Fault, fault } from "../contract/fault.ts";
import type { AnsweredCalls } from "./answered_calls.ts";
import type { Parked, ParkedCalls } from "./parked_calls.ts";
import type { Seat } from "./seat.ts";

export type Whereabouts =
  /** Nobody has heard of it. */
  | { readonly is: "new" }
  /** It goes to this seat and nowhere else. */
  | { readonly is: "at"; readonly seat: Seat }
  /** It waits until all cells have reported. */
  | { readonly is: "parked" }
  /** Whoever had it is gone: it may have run. */
  | { readonly is: "lost"; readonly why: Fault };

export function whereabouts(
  call: Pick<Parked, "port" | "message" | "payload">,
  answered: AnsweredCalls,
  parked: ParkedCalls,
  seats: ReadonlyMap<unknown, Seat>,
): Whereabouts {
  const { port, message, payload } = call;
  const { api, id, again } = message;
  const holders = again ? answered.holdersOf(port.cell, id, api) : [];
  if (holders.length > 0) {
    const seat = [...seats.values()].findLast((seat) => seat.api === api && holders.includes(seat.port.cell));
    if (seat !== undefined) return { is: "at", seat };
    const text = `the instance of '${api}' that had this call is gone, and its answer with it`;
    return { is: "lost", why: fault("moved", text, { maybe_ran: true }) };
  }
  const is = parked.park(port, message, payload);
  if (is === "parked") return { is };
  if (is === "full") {
    const text = `'${api}' is not known to have this call yet, and too many calls wait to learn that`;
    return { is: "lost", why: fault("rate_limited", text, { maybe_ran: true }) };
  }
  if (!again || !parked.mayBeLost(api)) return { is: "new" };
  const text = `'${api}' ended while the kernel restarted; this call may have run`;
  return { is: "lost", why: fault("module_killed", text, { maybe_ran: true }) };
}
