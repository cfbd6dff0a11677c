/** Calls of the host's own, mostly the operator's: admitted like any other, but nobody's grants are asked and no shell puts the answer together. */
import { OPERATOR, PROBE } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import { admitCall, type CallerFacts } from "./admit_call.ts";
import type { CallFlow } from "./call_flow.ts";
import { newEntry } from "./call_ledger.ts";
import type { OperatorOutcome, OperatorRequest } from "./operator_calls.ts";
import type { Seat } from "./seat.ts";
import { rootTrace } from "./trace_ids.ts";

const WHO: CallerFacts = { api: OPERATOR, config: "", services: "all" };

export interface OperatorCall {
  readonly outcome: Promise<OperatorOutcome>;
  /** May be called any number of times, also after the end. */
  readonly cancel: () => void;
}

/** `apart`: it goes to this seat, to which nobody else's calls go, and is nobody's but the host's. */
export function callAsOperator(
  request: OperatorRequest,
  flow: CallFlow,
  { clock, trace_salt }: { readonly clock: Clock; readonly trace_salt: string },
  apart?: Seat,
): OperatorCall {
  const { routes, ledger, ends: { operator } } = flow;
  const { api: wanted, aspect, name, payload } = request;
  const number = operator.open();
  const to = apart ?? flow.statistics.shares.seatFor(request);
  const route = to === undefined ? routes.of(wanted) : { to: "seat", seat: to } as const;
  const admitted = admitCall({ ...request, kind: "call" }, WHO, route, routes.heldFor(wanted));
  if (!admitted.ok) {
    operator.settle(number.id, { ok: false, fault: admitted.fault });
    return { outcome: number.outcome, cancel: () => {} };
  }
  const { api, depth, ms, seat } = admitted.value;
  const started = clock.monotonic();
  const id = ledger.nextId();
  const entry = newEntry(
    {
      id,
      api,
      aspect,
      name,
      kind: "call",
      caller: apart === undefined ? { api: OPERATOR, principal: OPERATOR } : { api: PROBE, principal: PROBE },
      trace: rootTrace(undefined, trace_salt, id),
      depth,
      started,
      deadline: started + ms,
      parent: undefined,
      origin: { cell: OPERATOR, asker: `${OPERATOR}!${trace_salt}`, id: number.id },
      from: undefined,
      lends: undefined,
      under: [],
      made: undefined,
    },
    payload,
    { more: false, waits: false },
  );
  flow.open(entry, seat);
  return { outcome: number.outcome, cancel: () => flow.giveUp(entry, "the operator gave the call up") };
}
