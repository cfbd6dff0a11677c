/**
 * The broker connects callers to services: each call made through a handle ends in exactly one reply or one named fault.
 * It reads headers only; payloads pass through. Everything it knows of a module is its Seat. What becomes of an admitted
 * call is in call_flow.ts.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, type CallKey, callKey, type CellId, type InstanceId, KERNEL_API } from "../contract/names.ts";
import type { CellMessage } from "../contract/wire.ts";
import type { Clock } from "../contract/powers.ts";
import { admitCall, type CallerFacts, hadFound, serviceDown } from "./admit_call.ts";
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
}

/** Keys in one `ack`: as many as surely fit a header. */
const ACK_KEYS = 20;

export class Broker {
  readonly #options: BrokerOptions;
  readonly #flow: CallFlow;
  readonly #kernel: KernelCalls;
  readonly #seats = new Map<InstanceId, Seat>();
  readonly #parked = new ParkedCalls();

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#flow = new CallFlow(options.clock);
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
    const { ledger } = this.#flow;
    for (const entry of ledger.where((e) => e.to === seat)) this.#flow.fail(entry, { ...why, maybe_ran: true });
    for (const entry of ledger.where((e) => e.from === seat)) this.#flow.giveUp(entry, "the caller's instance is gone");
  }

  readonly knows = (instance: InstanceId): boolean => this.#seats.has(instance);
  /** How many calls this instance still serves. */
  readonly servedBy = (instance: InstanceId): number => this.#seats.get(instance)?.in_flight ?? 0;
  /** How many of its own calls are not answered. */
  readonly madeBy = (id: InstanceId): number => this.#flow.ledger.where(({ from }) => from?.instance === id).length;
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

  onCall(port: CellPort, message: Called, payload: Uint8Array): void {
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

  onReply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Uint8Array): void {
    const entry = this.#flow.ledger.get(message.id);
    // Only the cell to which it was delivered may answer; late answers and made-up numbers are ignored.
    if (entry?.to?.port.cell === port.cell && entry.answering === "no") this.#flow.reply(entry, message, payload);
  }

  onPiece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Uint8Array): void {
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

  /** The caller gave up. */
  onCancel(port: CellPort, id: number): void {
    const text = "the caller gave the call up";
    const entry = this.#flow.ledger.ofOrigin(port.cell, id);
    if (entry !== undefined) return this.#flow.giveUp(entry, text);
    if (this.#parked.cancel(port.cell, id)) sendRefusal(port, id, fault("cancelled", text, { maybe_ran: true }), false);
  }

  onAck(port: CellPort, ranges: readonly (readonly [number, number])[]): void {
    for (const [cell, keys] of this.#flow.answered.acknowledge(port.cell, ranges)) {
      const callee = this.#flow.ports.get(cell);
      for (let at = 0; at < keys.length; at += ACK_KEYS) {
        callee?.send({ t: "ack", keys: keys.slice(at, at + ACK_KEYS) });
      }
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
    payload: Uint8Array,
    key: CallKey,
    found: Extract<Whereabouts, { is: "new" | "at" }>,
  ): void {
    const { ledger, routes } = this.#flow;
    const { port } = seat;
    const parent = servedCall(ledger, seat, message.parent);
    const route = found.is === "at"
      ? { to: "seat", seat: found.seat } as const
      : pinnedRoute(parent, message.api, (instance) => this.#seats.has(instance)) ?? routes.of(message.api);
    const now = this.#options.clock.monotonic();
    const facts: CallerFacts = {
      api: seat.api,
      config: seat.config,
      services: seat.grants.services,
      ...(parent && { serving: { depth: parent.depth, remaining_ms: parent.deadline - now } }),
    };
    const { api: wanted, aspect, name, kind, timeout } = message;
    const request = {
      api: wanted,
      aspect,
      name,
      kind,
      ...(timeout !== undefined && { timeout }),
      again: found.is === "at",
    };
    const admitted = admitCall(request, facts, route, routes.heldFor(wanted));
    if (!admitted.ok) {
      const why = found.is === "at" ? { ...admitted.fault, maybe_ran: true } : admitted.fault;
      return sendRefusal(port, message.id, why, hadFound(route, why));
    }
    const { api, depth, ms, seat: taker } = admitted.value;
    const id = ledger.nextId();
    const entry = newEntry(
      {
        ...{ id, key, api, aspect, name, kind, depth, parent },
        caller: { api: seat.api, principal: parent?.caller.principal ?? seat.api },
        trace: childTrace(parent?.trace ?? message.trace, this.#options.trace_salt, id),
        started: now,
        deadline: now + ms,
        origin: { cell: port.cell, id: message.id },
        from: seat,
      },
      payload,
      { more: message.more === true, waits: taker === undefined },
    );
    this.#flow.open(entry, taker);
  }
}

function sendRefusal(port: CellPort, id: number, why: Fault, live: boolean): void {
  const { header, payload } = refusal(id, why, live);
  port.send(header, payload);
}
