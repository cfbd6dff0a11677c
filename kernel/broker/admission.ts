/** From a request to an entry in the ledger: who asks, by what right, for which seat, within which bounds. The decision itself is admit_call.ts. */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import type { HitLimit } from "../contract/events.ts";
import { type InstanceId, TOOLS_API } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import type { CellMessage, Lends, Payload } from "../contract/wire.ts";
import { type Admission as Admitted, admitCall, admitWithin, type CallerFacts, hadFound } from "./admit_call.ts";
import { bearerAuthority, isStamped, type Principals, toolAuthority } from "./authority.ts";
import { asksFirst, bindTool, type ToolDirectory } from "./bind_tool.ts";
import { askingMs, type BoundCall, boundCall, boundTool, type NamedCall } from "./bound_call.ts";
import type { CallFlow } from "./call_flow.ts";
import { type CallEntry, newEntry } from "./call_ledger.ts";
import { pinnedRoute, servedCall } from "./call_tree.ts";
import type { KernelAsked } from "./kernel_calls.ts";
import { type KeptFunctions, MOST_KEPT, seatOfLender } from "./lent_functions.ts";
import { refusal } from "./outcome.ts";
import type { CellPort, Route, Seat } from "./seat.ts";
import { servedFor } from "./served_for.ts";
import { refuseStreams } from "./stream_ledger.ts";
import { nestedTrace, rootTrace } from "./trace_ids.ts";
import type { Whereabouts } from "./whereabouts.ts";

export type Called = Extract<CellMessage, { t: "call" }>;
/** A call that nobody has, or that is at a seat already. */
export type Found = Extract<Whereabouts, { is: "new" | "at" }>;

export interface AdmissionParts {
  readonly clock: Clock;
  readonly trace_salt: string;
  readonly hit: HitLimit;
  readonly flow: CallFlow;
  readonly kept: KeptFunctions;
  readonly seats: ReadonlyMap<InstanceId, Seat>;
  readonly tools: ToolDirectory;
  readonly principals: Principals;
}

export class Admission {
  readonly #parts: AdmissionParts;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** Opens the call, or answers with the refusal. */
  admit(seat: Seat, message: NamedCall, payload: Payload, found: Found): void {
    const parent = servedCall(this.#parts.flow.ledger, seat, message.parent);
    const bound = message.tool !== undefined || message.lends?.bearer !== undefined
      ? this.#bind(seat, message, parent, found)
      : undefined;
    if (bound?.ok === false) return sendRefusal(seat.port, message.id, bound.fault, false);
    this.#open(seat, bound?.value.message ?? message, payload, found, parent, bound?.value);
  }

  /** In whose name it asks the kernel itself. */
  asked(seat: Seat, { parent: serving, lends }: Called): KernelAsked {
    const { flow: { ledger }, principals } = this.#parts;
    return {
      served: servedFor(ledger, seat, serving),
      own: !lends?.as_caller && lends?.bearer === undefined,
      authority: () => toolAuthority(seat, lends, servedCall(ledger, seat, serving), principals),
    };
  }

  #open(
    seat: Seat,
    message: NamedCall,
    payload: Payload,
    found: Found,
    parent: CallEntry | undefined,
    bound: BoundCall | undefined,
  ): void {
    const { flow, clock, trace_salt } = this.#parts;
    const { ledger } = flow;
    const now = clock.monotonic();
    const under = message.lends?.as_caller ? authorityOf(parent) : NOBODY;
    const serving = parent && { depth: parent.depth, remaining_ms: parent.deadline - now };
    const share = () => ledger.countBetween(seat.api, message.api);
    const facts: CallerFacts = bound === undefined
      ? { api: seat.api, config: seat.config, services: seat.grants.services, under, share, serving }
      : { ...bound.as, share, serving };
    const { aspect, name, kind, lends } = message;
    const admitted = this.#judge(seat, message, parent, facts, found);
    if (!admitted.ok) {
      if (admitted.hit !== undefined) this.#parts.hit(message.api, admitted.hit);
      const why = found.is === "at" ? { ...admitted.fault, maybe_ran: true } : admitted.fault;
      return sendRefusal(seat.port, message.id, why, hadFound(flow.routes.of(message.api), why));
    }
    const { api, depth, ms, seat: taker } = admitted.value;
    const id = ledger.nextId();
    const asks = found.is === "new" ? bound?.asks : undefined;
    const entry = newEntry(
      {
        id,
        api,
        aspect,
        name,
        kind,
        caller: bound?.caller ?? { api: seat.api, principal: parent?.caller.principal ?? seat.api },
        trace: parent === undefined ? rootTrace(message.trace, trace_salt, id) : nestedTrace(parent.trace, id),
        depth,
        started: now,
        deadline: now + (asks === undefined ? ms : askingMs(message, serving?.remaining_ms)),
        parent,
        origin: { cell: seat.port.cell, asker: seat.port.cell, id: message.id },
        from: seat,
        lends,
        under: bound?.under ?? under,
        made: kind === "lent" ? parent?.origin.id : undefined,
      },
      payload,
      { more: message.more === true, waits: taker === undefined || asks !== undefined },
    );
    flow.open(entry, taker, asks);
  }

  /** A tool by its name, or a call of a principal's who showed a token. */
  #bind(seat: Seat, message: NamedCall, parent: CallEntry | undefined, found: Found): Result<BoundCall> {
    const { tools, principals, flow } = this.#parts;
    if (message.tool === undefined) {
      const authority = bearerAuthority(seat, message.lends!.bearer!, principals);
      return authority.ok ? { ok: true, value: boundCall(message, authority.value) } : authority;
    }
    const authority = toolAuthority(seat, message.lends, parent, principals);
    if (!authority.ok) return authority;
    const bound = boundTool(message, authority.value);
    if (found.is === "at") return { ok: true, value: bound };
    if (message.again && message.api === TOOLS_API) return refuse(mayHaveRun(message.tool));
    const tool = bindTool(message.tool, authority.value, tools);
    if (!tool.ok) return tool;
    if (!asksFirst(tool.value)) return { ok: true, value: bound };
    const crowded = flow.approvals.refuses(authority.value.principal);
    if (crowded !== undefined) return refuse(fault("rate_limited", crowded));
    return { ok: true, value: { ...bound, asks: tool.value } };
  }

  /** By grant, or by the right to what was lent. */
  #judge(
    seat: Seat,
    { kind, api, aspect, name, timeout, lends, parent: serving }: Called,
    parent: CallEntry | undefined,
    facts: CallerFacts,
    found: Found,
  ): Admitted {
    const { seats, kept } = this.#parts;
    const { routes, circuits } = this.#parts.flow;
    const isSeated = (instance: InstanceId) => seats.has(instance);
    const request = { api, aspect, name, kind, ...(timeout !== undefined && { timeout }), again: found.is === "at" };
    const refused = lends && this.#refuseLending(seat, lends, serving, parent);
    if (refused !== undefined) return refuse(refused);
    if (kind === "lent" || kind === "kept") {
      const lender = kind === "lent"
        ? seatOfLender(parent, name, isSeated)
        : kept.find(seats.values(), api, name, seat.api);
      if (!lender.ok) return lender;
      const to = { to: "seat", seat: lender.value } as const;
      return this.#keep(seat, lends, admitWithin({ ...request, api: lender.value.api }, facts, to, 0));
    }
    const route = found.is === "at"
      ? { to: "seat", seat: found.seat } as const
      : pinnedRoute(parent, api, isSeated) ?? this.#shared(request) ?? routes.of(api);
    const admitted = this.#keep(seat, lends, admitCall(request, facts, route, routes.heldFor(api)));
    const cut_off = admitted.ok && found.is === "new" ? circuits.refuse(seat.api, api) : undefined;
    return cut_off === undefined ? admitted : refuse(cut_off);
  }

  /** Where another instance has a part of the service's calls, and this is one of them. */
  #shared(request: { readonly api: string; readonly aspect: string; readonly name: string }): Route | undefined {
    const { shares } = this.#parts.flow.statistics;
    const seat = shares.size === 0 ? undefined : shares.seatFor(request);
    return seat !== undefined && this.#parts.seats.has(seat.instance) ? { to: "seat", seat } : undefined;
  }

  /** Only with a call that may be made something is lent for longer: names of services that there are not would cost the kernel's memory. */
  #keep(seat: Seat, lends: Lends | undefined, admitted: Admitted): Admitted {
    if (!admitted.ok || lends?.kept === undefined) return admitted;
    if (this.#parts.kept.lend(seat.instance, lends.kept, admitted.value.api)) return admitted;
    return refuse(fault("quota", `'${seat.api}' keeps ${MOST_KEPT} functions lent; no more may be`));
  }

  #refuseLending(
    seat: Seat,
    lends: Lends,
    serving: number | undefined,
    parent: CallEntry | undefined,
  ): Fault | undefined {
    if (lends.as_caller && parent === undefined) {
      const why = serving === undefined ? "it serves no call" : "the call that it served is over";
      return fault("not_granted", `'${seat.api}' can't act for a caller: ${why}`, {
        hint: "use kernel.getApi() there",
      });
    }
    return lends.streams === undefined ? undefined : refuseStreams(seat, lends.streams, this.#parts.hit);
  }
}

/** Told again after a kernel's crash, and its module is not back: nobody can say whether it had the call. */
function mayHaveRun(tool: string): Fault {
  const text = `whose tool '${tool}' is was not known again when the kernel had restarted; this call may have run`;
  return fault("module_killed", text, { maybe_ran: true });
}

const NOBODY: readonly (readonly ServiceGrant[])[] = Object.freeze([]);

/** Whose grants bound what a module does in the name of the caller that it serves: the caller's, and those that bound the caller. The operator is bound by none. */
function authorityOf(parent: CallEntry | undefined): readonly (readonly ServiceGrant[])[] {
  if (parent === undefined) return NOBODY;
  return parent.from === undefined || isStamped(parent) ? parent.under : [...parent.under, parent.from.grants.services];
}

export function sendRefusal(port: CellPort, id: number, why: Fault, live: boolean): void {
  const { header, payload } = refusal(id, why, live);
  port.send(header, payload);
}

/** What runs apart hears what was recorded, and reaches nobody. */
export function answerApart(port: CellPort, apart: NonNullable<Seat["apart"]>, { id, api, name }: Called): void {
  const recorded = apart({ api, name });
  if (recorded !== undefined) return void port.send({ t: "reply", id, ok: true, live: true }, recorded);
  const text = `'${api}.${name}' has no recorded answer: this module runs apart and reaches nobody`;
  sendRefusal(port, id, fault("not_granted", text), false);
}
