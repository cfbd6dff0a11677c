/** Calls of the host's own, mostly from the command line: admitted like any other, but no shell puts their answers together. */
import { OPERATOR, PROBE } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { OfferedTool } from "../contract/tool_spec.ts";
import type { Caller } from "../contract/wire.ts";
import { admitCall, type CallerFacts } from "./admit_call.ts";
import type { CallFlow } from "./call_flow.ts";
import { type CallEntry, newEntry } from "./call_ledger.ts";
import type { OperatorOutcome, OperatorRequest } from "./operator_calls.ts";
import type { Seat } from "./seat.ts";
import { rootTrace } from "./trace_ids.ts";

/** In whose name it is made. */
export interface DeskCaller {
  readonly caller: Caller;
  readonly as: CallerFacts;
  readonly under: CallEntry["under"];
  /** A person has to say yes first, and may take so long. */
  readonly asks?: { readonly tool: OfferedTool; readonly ms: number } | undefined;
  /** It goes to this seat, to which nobody else's calls go. */
  readonly apart?: Seat;
}

/** The host itself, which tries what runs apart. */
export function probing(apart: Seat): DeskCaller {
  return { ...THE_OPERATOR, caller: { api: PROBE, principal: PROBE }, apart };
}

/** Nobody's grants are asked. */
const THE_OPERATOR: DeskCaller = {
  caller: { api: OPERATOR, principal: OPERATOR },
  as: { api: OPERATOR, config: "", services: "all" },
  under: [],
};

export interface OperatorCall {
  readonly outcome: Promise<OperatorOutcome>;
  /** May be called any number of times, also after the end. */
  readonly cancel: () => void;
}

export function callAsOperator(
  request: OperatorRequest,
  flow: CallFlow,
  { clock, trace_salt }: { readonly clock: Clock; readonly trace_salt: string },
  { caller, as, under, asks, apart }: DeskCaller = THE_OPERATOR,
): OperatorCall {
  const { routes, ledger, ends: { operator } } = flow;
  const { api: wanted, aspect, name, payload } = request;
  const to = apart ?? flow.statistics.shares.seatFor(request);
  const route = to === undefined ? routes.of(wanted) : { to: "seat", seat: to } as const;
  const admitted = admitCall({ ...request, kind: "call" }, as, route, routes.heldFor(wanted));
  if (!admitted.ok) return { outcome: Promise.resolve({ ok: false, fault: admitted.fault }), cancel: () => {} };
  const number = operator.open();
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
      caller,
      trace: rootTrace(undefined, trace_salt, id),
      depth,
      started,
      deadline: started + (asks?.ms ?? ms),
      parent: undefined,
      origin: { cell: OPERATOR, asker: `${OPERATOR}!${trace_salt}`, id: number.id },
      from: undefined,
      lends: undefined,
      under,
      made: undefined,
    },
    payload,
    { more: false, waits: seat === undefined || asks !== undefined },
  );
  flow.open(entry, seat, asks?.tool);
  return { outcome: number.outcome, cancel: () => flow.giveUp(entry, "the operator gave the call up") };
}
