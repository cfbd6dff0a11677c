/**
 * The broker connects callers to services: each call made through a handle ends in exactly one reply or one named fault.
 * It reads headers only; payloads pass through. Everything it knows of a module is its Seat. What becomes of an admitted
 * call is in call_flow.ts.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, type CallKey, type CellId, type InstanceId, KERNEL_API, OPERATOR } from "../contract/names.ts";
import type { CellMessage } from "../contract/wire.ts";
import type { Clock } from "../contract/powers.ts";
import { admitCall, type CallerFacts, serviceDown } from "./admit_call.ts";
import { CallFlow } from "./call_flow.ts";
import { type CallEntry, newEntry } from "./call_ledger.ts";
import type { OperatorOutcome, OperatorRequest } from "./operator_calls.ts";
import { refusal } from "./outcome.ts";
import { ParkedCalls } from "./parked_calls.ts";
import type { CellPort, Route, Seat } from "./seat.ts";
import { childTrace } from "./trace_ids.ts";
import { pinnedRoute, servedCall } from "./call_tree.ts";

type Called = Extract<CellMessage, { t: "call" }>;

/** Answers `kernel.*` calls that are not local to the module; never throws. */
export type KernelServices = (
  seat: Seat,
  name: string,
  payload: Uint8Array,
) => Promise<{ ok: true; payload: Uint8Array } | { ok: false; fault: Fault }>;

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
  readonly #seats = new Map<InstanceId, Seat>();
  readonly #parked = new ParkedCalls();

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#flow = new CallFlow(options.clock);
  }

  get statistics() {
    return this.#flow.statistics;
  }

  // ── what the lifecycle says ──

  /** From now on this instance may make calls, and finish those it has. */
  seat(seat: Seat): void {
    this.#seats.set(seat.instance, seat);
    this.#flow.ports.set(seat.port.cell, seat.port);
  }

  /** The instance is gone: what it served ends with `why`, what it asked for has no one left to answer to. */
  unseat(instance: InstanceId, why: Fault): void {
    const seat = this.#seats.get(instance);
    if (seat === undefined) return;
    this.#seats.delete(instance);
    const { ledger } = this.#flow;
    for (const entry of ledger.where((e) => e.to === seat)) this.#flow.fail(entry, { ...why, maybe_ran: true });
    for (const entry of ledger.where((e) => e.from === seat)) this.#flow.abandon(entry);
  }

  knows(instance: InstanceId): boolean {
    return this.#seats.has(instance);
  }
  /** How many calls this instance still serves. */
  servedBy(instance: InstanceId): number {
    return this.#seats.get(instance)?.in_flight ?? 0;
  }

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

  /** The process has ended; its instances must have been unseated. */
  forgetCell(cell: CellId): void {
    this.#flow.forgetCell(cell);
  }

  /** Which keys this cell runs or keeps answers of. What it was sent by us and does not know never arrived. */
  reported(cell: CellId, holds: readonly CallKey[]): void {
    this.#flow.answered.reported(holds, cell);
    const held = new Set(holds);
    for (const entry of this.#flow.ledger.where((e) => e.to?.port.cell === cell && !held.has(e.key))) {
      this.#flow.fail(entry, fault("moved", `the link to '${entry.api}' broke before this call arrived there`));
    }
  }

  /** All cells that outlived the former kernel have reported, or will not. `lost`: apis whose cells ended meanwhile. */
  allReported(lost: readonly string[]): void {
    for (const { port, message, payload } of this.#parked.release(lost)) this.onCall(port, message, payload);
  }

  // ── what cells say ──

  onCall(port: CellPort, message: Called, payload: Uint8Array): void {
    const { ledger } = this.#flow;
    const refuse = (why: Fault, live = false) => sendRefusal(port, message.id, why, live);
    const seat = this.#seats.get(message.from);
    if (seat === undefined || seat.port.cell !== port.cell) {
      return refuse(fault("cancelled", `instance ${message.from} is not loaded any more and may make no calls`));
    }
    const open = ledger.ofOrigin(port.cell, message.id);
    // A number used twice is a lie: the first call stands. Asked again, its answer is on its way to the newest link.
    if (open !== undefined && !(message.again && open.answering)) return;
    if (open !== undefined) ledger.close(open);
    if (message.api === KERNEL_API) return void this.#callKernel(seat, message, payload);
    const key = `${port.cell}#${message.id}` as CallKey;
    let holder: Seat | undefined;
    if (message.again) {
      holder = this.#holder(port.cell, message.id, key);
      if (holder === undefined && this.#parked.mustWait(port, message, payload.slice())) return;
      if (holder === undefined && this.#parked.mayBeLost(message.api)) return refuse(lostMeanwhile(message.api), true);
    }
    const parent = servedCall(ledger, seat, message.parent);
    const route = pinnedRoute(parent, message.api, (instance) => this.#seats.has(instance)) ??
      this.#flow.routes.of(message.api);
    const now = this.#options.clock.monotonic();
    const facts: CallerFacts = {
      api: seat.api,
      config: seat.config,
      services: seat.grants.services,
      ...(parent && { serving: { depth: parent.depth, remaining_ms: parent.deadline - now } }),
    };
    const admitted = admitCall(message, facts, route, this.#flow.routes.heldFor(message.api));
    if (!admitted.ok) return refuse(admitted.fault, route?.to === "seat" && admitted.fault.code !== "not_granted");
    const { api, depth, ms } = admitted.value;
    const taker = holder ?? admitted.value.seat;
    const id = ledger.nextId();
    const entry = newEntry(
      {
        id,
        key,
        api,
        aspect: message.aspect,
        name: message.name,
        kind: message.kind,
        caller: { api: seat.api, principal: parent?.caller.principal ?? seat.api },
        trace: childTrace(parent?.trace ?? message.trace, this.#options.trace_salt, id),
        depth,
        started: now,
        deadline: now + ms,
        parent,
        origin: { cell: port.cell, id: message.id },
        from: seat,
      },
      payload,
      { more: message.more === true, waits: taker === undefined },
    );
    this.#flow.open(entry, taker);
  }

  onReply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Uint8Array): void {
    const entry = this.#flow.ledger.get(message.id);
    // Only the cell to which it was delivered may answer; late answers and made-up numbers are ignored.
    if (entry?.to?.port.cell === port.cell && !entry.answering) this.#flow.reply(entry, message, payload);
  }

  onPiece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Uint8Array): void {
    const { ledger } = this.#flow;
    if (message.of === "reply") {
      const entry = ledger.get(message.id);
      if (entry?.to?.port.cell === port.cell && entry.answering) {
        this.#flow.replyPiece(entry, message.more === true, payload);
      }
    } else if (message.of === "call") {
      const entry = ledger.ofOrigin(port.cell, message.id);
      if (entry !== undefined) this.#flow.callPiece(entry, message.more === true, payload);
    }
  }

  /** The caller gave up. */
  onCancel(port: CellPort, id: number): void {
    const entry = this.#flow.ledger.ofOrigin(port.cell, id);
    if (entry !== undefined) this.#flow.abandon(entry);
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
  callAsOperator(request: OperatorRequest): { outcome: Promise<OperatorOutcome>; cancel: () => void } {
    const { routes, ledger, operator } = this.#flow;
    const { api: name, aspect, payload } = request;
    const number = operator.open();
    const facts: CallerFacts = { api: OPERATOR, config: "", services: "all" };
    const admitted = admitCall({ ...request, kind: "call" }, facts, routes.of(name), routes.heldFor(name));
    if (!admitted.ok) {
      number.settle({ ok: false, fault: admitted.fault });
      return { outcome: number.outcome, cancel: () => {} };
    }
    const { api, depth, ms, seat } = admitted.value;
    const now = this.#options.clock.monotonic();
    const id = ledger.nextId();
    const entry = newEntry(
      {
        id,
        key: `${OPERATOR}!${this.#options.trace_salt}#${number.id}` as CallKey,
        api,
        aspect,
        name: request.name,
        kind: "call",
        caller: { api: OPERATOR, principal: OPERATOR },
        trace: childTrace(undefined, this.#options.trace_salt, id),
        depth,
        started: now,
        deadline: now + ms,
        parent: undefined,
        origin: { cell: OPERATOR, id: number.id },
        from: undefined,
      },
      payload,
      { more: false, waits: false },
    );
    this.#flow.open(entry, seat);
    return { outcome: number.outcome, cancel: () => this.#giveUp(entry) };
  }

  #giveUp(entry: CallEntry): void {
    entry.to?.port.send({ t: "cancel", id: entry.id });
    this.#flow.fail(entry, fault("cancelled", "the operator gave the call up", { maybe_ran: entry.to !== undefined }));
  }

  /** A seat in the cell that runs this key, or keeps its answer. */
  #holder(cell: CellId, id: number, key: CallKey): Seat | undefined {
    const holder = this.#flow.answered.holderOf(cell, id, key);
    return holder === undefined ? undefined : [...this.#seats.values()].find((seat) => seat.port.cell === holder);
  }

  async #callKernel(seat: Seat, message: Called, payload: Uint8Array): Promise<void> {
    const { id } = message;
    if (message.more) {
      return sendRefusal(
        seat.port,
        id,
        fault("too_large", "a call to the kernel takes at most 64 KiB of arguments"),
        true,
      );
    }
    const outcome = await this.#options.services(seat, message.name, payload);
    if (outcome.ok) seat.port.send({ t: "reply", id, ok: true, live: true }, outcome.payload);
    else sendRefusal(seat.port, id, outcome.fault, true);
  }
}

function sendRefusal(port: CellPort, id: number, why: Fault, live: boolean): void {
  const { header, payload } = refusal(id, why, live);
  port.send(header, payload);
}

function lostMeanwhile(api: string): Fault {
  const text = `'${api}' ended while the kernel restarted; this call may have run`;
  return fault("module_killed", text, { maybe_ran: true });
}
