/**
 * The broker connects callers to services: each call made through a handle ends in exactly one reply or one named fault.
 * It reads headers only; payloads pass through. Everything it knows of a module is its Seat. What becomes of an admitted
 * call is in call_flow.ts.
 */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import { type ApiName, type CallKey, callKey, type CellId, type InstanceId, KERNEL_API } from "../contract/names.ts";
import type { CellMessage, Lends, Payload, StreamWord } from "../contract/wire.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import type { CallTracer, Clock } from "../contract/powers.ts";
import { admitCall, type AdmittedCall, admitWithin, type CallerFacts, hadFound, serviceDown } from "./admit_call.ts";
import { KeptFunctions, MOST_KEPT, seatOfLender } from "./lent_functions.ts";
import { refuseStreams } from "./stream_ledger.ts";
import { CallFlow } from "./call_flow.ts";
import { type CallEntry, newEntry } from "./call_ledger.ts";
import { KernelCalls, type KernelServices } from "./kernel_calls.ts";
import type { OperatorRequest } from "./operator_calls.ts";
import { callAsOperator, type OperatorCall } from "./operator_desk.ts";
import { refusal } from "./outcome.ts";
import { ParkedCalls } from "./parked_calls.ts";
import type { CellPort, Route, Seat } from "./seat.ts";
import { childTrace } from "./trace_ids.ts";
import { pinnedRoute, servedCall } from "./call_tree.ts";
import { type Whereabouts, whereabouts } from "./whereabouts.ts";

type Called = Extract<CellMessage, { t: "call" }>;

export interface BrokerOptions {
  readonly clock: Clock;
  /** 16 hex digits, random for each kernel: no two kernels give the same trace id. */
  readonly trace_salt: string;
  readonly services: KernelServices;
  readonly tracer?: CallTracer | undefined;
}

export class Broker {
  readonly #options: BrokerOptions;
  readonly #flow: CallFlow;
  readonly #kernel: KernelCalls;
  readonly #seats = new Map<InstanceId, Seat>();
  readonly #parked = new ParkedCalls();
  readonly #kept = new KeptFunctions();

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#flow = new CallFlow(options.clock, options.tracer);
    this.#kernel = new KernelCalls(options.services, options.clock);
  }

  get statistics() {
    return this.#flow.statistics;
  }
  /** Calls that have not ended. */
  get in_flight(): number {
    return this.#flow.ledger.size;
  }

  // ── what the lifecycle says ──

  /** From now on this instance may make calls, and finish those it has. */
  seat(seat: Seat): void {
    this.#seats.set(seat.instance, seat);
    this.#flow.ports.set(seat.port.cell, seat.port);
    this.#flow.answered.seated(seat.port.cell, seat.api);
  }

  /** The instance is gone: what it served ends with `why`, what it asked for has no one left to answer to. */
  unseat(instance: InstanceId, why: Fault): void {
    const seat = this.#seats.get(instance);
    if (seat === undefined) return;
    this.#seats.delete(instance);
    this.#kept.forget(instance);
    const { ledger } = this.#flow;
    for (const entry of ledger.where((e) => e.to === seat)) this.#flow.fail(entry, { ...why, maybe_ran: true });
    for (const entry of ledger.where((e) => e.from === seat)) this.#flow.giveUp(entry, "the caller's instance is gone");
  }

  knows(instance: InstanceId): boolean {
    return this.#seats.has(instance);
  }
  /** How many calls this instance still serves. */
  readonly servedBy = (instance: InstanceId): number => this.#seats.get(instance)?.in_flight ?? 0;
  /** Whether answers from that cell may not have reached their callers. */
  readonly isOwed = (cell: CellId): boolean => this.#flow.answered.isOwed(cell);

  /** Where new calls to the api go. Held calls follow at once. Undefined: nothing claims it any more. */
  route(api: ApiName, route: Route | undefined): void {
    const { routes } = this.#flow;
    const released = route === undefined ? routes.delete(api) : routes.set(api, route);
    for (const entry of released) {
      if (route?.to === "seat") this.#flow.deliver(entry, route.seat);
      else this.#flow.fail(entry, serviceDown(api, route?.to === "down" && route.quarantined));
    }
    if (route === undefined) this.statistics.forget(api);
  }

  /** The process has ended: whatever still sits in it goes with `why`. */
  forgetCell(cell: CellId, why: Fault): void {
    for (const { instance, port } of [...this.#seats.values()]) if (port.cell === cell) this.unseat(instance, why);
    this.#parked.forgetCell(cell);
    this.#flow.forgetCell(cell);
  }

  /** Which keys this cell runs or keeps answers of. What it was sent by us and does not know never arrived. */
  reported(cell: CellId, holds: readonly CallKey[]): void {
    this.#flow.answered.reported(holds, cell);
    const held = new Set(holds);
    const missing = (e: CallEntry) => e.to?.port.cell === cell && !held.has(e.key) && !e.to.port.holdsBack(e.id);
    for (const entry of this.#flow.ledger.where(missing)) this.#flow.neverArrived(entry);
    this.#flow.lostLink(cell);
    this.#flow.breakStreams(cell);
  }

  /** All cells that outlived the former kernel have reported, or will not. `lost`: apis whose cells ended meanwhile. */
  allReported(lost: readonly string[]): void {
    for (const { port, message, payload, pieces } of this.#parked.release(lost)) {
      this.onCall(port, message, payload);
      for (const piece of pieces) this.#flow.callPiece(port.cell, message.id, piece.more, piece.payload);
    }
  }

  /** No timer of it runs any more. */
  dispose(): void {
    this.#flow.dispose();
  }

  // ── what cells say ──

  onCall(port: CellPort, message: Called, payload: Payload): void {
    const seat = this.#seats.get(message.from);
    if (seat === undefined || seat.port.cell !== port.cell) {
      const text = `instance ${message.from} is not loaded any more and may make no calls`;
      return sendRefusal(port, message.id, fault("cancelled", text), false);
    }
    if (message.api === KERNEL_API) return void this.#kernel.call(seat, message, payload);
    const open = this.#flow.ledger.ofOrigin(port.cell, message.id);
    // A number used twice is a lie: the first call stands.
    if (open !== undefined && !(message.again && this.#flow.toldAgain(open, message.more === true, payload))) return;
    const key = open?.key ?? callKey(port.cell, message.id);
    const found = open?.to !== undefined
      ? { is: "at", seat: open.to } as const
      : message.again
      ? whereabouts({ port, message, payload, key }, this.#flow.answered, this.#parked, this.#seats)
      : { is: "new" } as const;
    switch (found.is) {
      case "parked":
        return;
      case "lost":
        return sendRefusal(port, message.id, found.why, true);
      default:
        return this.#admit(seat, message, payload, key, found);
    }
  }

  onReply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Payload): void {
    const entry = this.#flow.ledger.get(message.id);
    // Only the cell to which it was delivered may answer; late answers and made-up numbers are ignored.
    if (entry?.to?.port.cell === port.cell && entry.answering === "no") this.#flow.reply(entry, message, payload);
  }

  onPiece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Payload): void {
    const { of, id } = message;
    const more = message.more === true;
    if (of === "reply") {
      const entry = this.#flow.ledger.get(id);
      if (entry?.to?.port.cell === port.cell) this.#flow.replyPiece(entry, more, payload);
    } else if (of === "call") {
      this.#parked.piece(port.cell, id, more, payload);
      this.#flow.callPiece(port.cell, id, more, payload);
    }
  }

  /** A word about a stream, from either end of its call. */
  onStream(port: CellPort, word: StreamWord, payload: Payload): void {
    const entry = word.at === "caller"
      ? this.#flow.ledger.ofOrigin(port.cell, word.id)
      : this.#flow.ledger.get(word.id);
    if (entry === undefined || (word.at === "callee" && entry.to?.port.cell !== port.cell)) return;
    this.#flow.stream(entry, word, payload);
  }

  /** A function kept by name is taken back; only the cell of its instance may say so. */
  onRevoke(port: CellPort, instance: InstanceId, name: string): void {
    if (this.#seats.get(instance)?.port.cell === port.cell) this.#kept.revoke(instance, name);
  }

  /** The caller gave up. */
  onCancel(port: CellPort, id: number): void {
    const text = "the caller gave the call up";
    const entry = this.#flow.ledger.ofOrigin(port.cell, id);
    if (entry !== undefined) return this.#flow.giveUp(entry, text);
    if (this.#parked.cancel(port.cell, id)) sendRefusal(port, id, fault("cancelled", text, { maybe_ran: true }), false);
  }

  onAck(port: CellPort, ranges: readonly (readonly [number, number])[]): void {
    for (const [cell, ids] of this.#flow.answered.acknowledge(port.cell, ranges)) {
      for (const id of ids) this.#flow.acks.add(cell, port.cell, id);
    }
  }

  // ── the operator ──

  /** One call with the operator's authority. */
  callAsOperator(request: OperatorRequest): OperatorCall {
    return callAsOperator(request, this.#flow, this.#options);
  }

  #admit(
    seat: Seat,
    message: Called,
    payload: Payload,
    key: CallKey,
    found: Extract<Whereabouts, { is: "new" | "at" }>,
  ): void {
    const { ledger } = this.#flow;
    const parent = servedCall(ledger, seat, message.parent);
    const now = this.#options.clock.monotonic();
    const under = message.lends?.as_caller ? authorityOf(parent) : NOBODY;
    const facts: CallerFacts = {
      ...{ api: seat.api, config: seat.config, services: seat.grants.services, under },
      ...(parent && { serving: { depth: parent.depth, remaining_ms: parent.deadline - now } }),
    };
    const { aspect, name, kind, lends } = message;
    const admitted = this.#judge(seat, message, parent, facts, found);
    if (!admitted.ok) {
      const why = found.is === "at" ? { ...admitted.fault, maybe_ran: true } : admitted.fault;
      return sendRefusal(seat.port, message.id, why, hadFound(this.#flow.routes.of(message.api), why));
    }
    const { api, depth, ms, seat: taker } = admitted.value;
    const id = ledger.nextId();
    const entry = newEntry(
      {
        ...{ id, key, api, aspect, name, kind, depth, parent, lends, under },
        caller: { api: seat.api, principal: parent?.caller.principal ?? seat.api },
        trace: childTrace(parent?.trace ?? message.trace, this.#options.trace_salt, id),
        started: now,
        deadline: now + ms,
        origin: { cell: seat.port.cell, id: message.id },
        from: seat,
        made: kind === "lent" ? parent?.origin.id : undefined,
      },
      payload,
      { more: message.more === true, waits: taker === undefined },
    );
    this.#flow.open(entry, taker);
  }

  /** By grant, or by the right to what was lent. */
  #judge(
    seat: Seat,
    { kind, api, aspect, name, timeout, lends, parent: serving }: Called,
    parent: CallEntry | undefined,
    facts: CallerFacts,
    found: Extract<Whereabouts, { is: "new" | "at" }>,
  ): Result<AdmittedCall> {
    const { routes } = this.#flow;
    const isSeated = (instance: InstanceId) => this.#seats.has(instance);
    const request = { api, aspect, name, kind, ...(timeout !== undefined && { timeout }), again: found.is === "at" };
    const refused = lends && this.#refuseLending(seat, lends, api, serving, parent);
    if (refused !== undefined) return refuse(refused);
    if (kind === "lent" || kind === "kept") {
      const lender = kind === "lent"
        ? seatOfLender(parent, name, isSeated)
        : this.#kept.find(this.#seats.values(), api, name, seat.api);
      if (!lender.ok) return lender;
      return admitWithin({ ...request, api: lender.value.api }, facts, { to: "seat", seat: lender.value }, 0);
    }
    const route = found.is === "at"
      ? { to: "seat", seat: found.seat } as const
      : pinnedRoute(parent, api, isSeated) ?? routes.of(api);
    return admitCall(request, facts, route, routes.heldFor(api));
  }

  #refuseLending(
    seat: Seat,
    lends: Lends,
    api: string,
    serving: number | undefined,
    parent: CallEntry | undefined,
  ): Fault | undefined {
    if (lends.as_caller && parent === undefined) {
      const why = serving === undefined ? "it serves no call" : "the call that it served is over";
      return fault("not_granted", `'${seat.api}' can't act for a caller: ${why}`, {
        hint: "use kernel.getApi() there",
      });
    }
    if (lends.kept !== undefined && !this.#kept.lend(seat.instance, lends.kept, api)) {
      return fault("quota", `'${seat.api}' keeps ${MOST_KEPT} functions lent; no more may be`);
    }
    return lends.streams === undefined ? undefined : refuseStreams(seat, lends.streams);
  }
}

const NOBODY: readonly (readonly ServiceGrant[])[] = Object.freeze([]);

/** Whose grants bound what a module does in the name of the caller that it serves: the caller's, and those that bound the caller. The operator is bound by none. */
function authorityOf(parent: CallEntry | undefined): readonly (readonly ServiceGrant[])[] {
  if (parent === undefined) return NOBODY;
  return parent.from === undefined ? parent.under : [...parent.under, parent.from.grants.services];
}

function sendRefusal(port: CellPort, id: number, why: Fault, live: boolean): void {
  const { header, payload } = refusal(id, why, live);
  port.send(header, payload);
}
