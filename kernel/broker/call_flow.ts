/**
 * An admitted call's way: held or delivered, answered, failed, given up or expired; in each case it leaves the ledger once. What was begun on a
 * link is always ended there: a call in pieces that fails half-way is cancelled and closed at its callee, a reply that breaks off is closed at
 * its caller behind the fault.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type CellId, OPERATOR } from "../contract/names.ts";
import type { CallTracer, Clock } from "../contract/powers.ts";
import type { CellMessage, KernelMessage } from "../contract/wire.ts";
import { DeadlineWheel } from "../primitives/deadline_wheel.ts";
import { AnsweredCalls } from "./answered_calls.ts";
import { type CallEntry, CallLedger } from "./call_ledger.ts";
import { CallStatistics } from "./call_statistics.ts";
import { OperatorCalls } from "./operator_calls.ts";
import { refusal, relayed } from "./outcome.ts";
import { RouteTable } from "./route_table.ts";
import type { CellPort, Seat } from "./seat.ts";

const MORE = { more: true as const };
const NOTHING = new Uint8Array(0);

export class CallFlow {
  readonly ledger = new CallLedger();
  readonly routes = new RouteTable();
  readonly answered = new AnsweredCalls();
  readonly operator = new OperatorCalls();
  readonly statistics = new CallStatistics();
  readonly ports = new Map<string, CellPort>();
  readonly #clock: Clock;
  readonly #deadlines: DeadlineWheel<CallEntry>;
  readonly #tracer: CallTracer | undefined;

  constructor(clock: Clock, tracer?: CallTracer) {
    this.#clock = clock;
    this.#tracer = tracer;
    this.#deadlines = new DeadlineWheel<CallEntry>(clock, (entry) => this.#expire(entry));
  }

  /** To this seat now, or held until its api has one. */
  open(entry: CallEntry, seat: Seat | undefined): void {
    if (this.#tracer !== undefined) entry.trace = this.#tracer.began(entry);
    this.ledger.open(entry);
    this.#deadlines.add(entry, entry.deadline);
    if (seat !== undefined) this.deliver(entry, seat);
    else if (!this.routes.hold(entry)) this.fail(entry, crowded(entry));
  }

  deliver(entry: CallEntry, seat: Seat): void {
    entry.to = seat;
    seat.in_flight++;
    const [first, ...rest] = entry.held;
    entry.held = [];
    const { id, key, aspect, name, kind, caller, trace, depth } = entry;
    const ms = Math.max(1, Math.ceil(entry.deadline - this.#clock.monotonic()));
    const header = { t: "call", id, key, to: seat.instance, aspect, name, kind, caller, trace, ms, depth } as const;
    if (!seat.port.send({ ...header, ...(first!.more && MORE) }, first!.payload)) {
      return this.fail(entry, doesNotRead(entry.api));
    }
    entry.begun_there = first!.more;
    for (const { payload, more } of rest) this.#sendPiece(entry, more, payload);
  }

  reply(entry: CallEntry, message: Extract<CellMessage, { t: "reply" }>, payload: Uint8Array): void {
    const taken = this.#answer(entry, relayed(entry.origin.id, message), payload);
    if (!taken) return this.fail(entry, doesNotRead(entry.caller.api, true));
    if (message.more) entry.answering = message.ok ? "ok" : "fault";
    else this.#finish(entry, message.ok);
  }

  replyPiece(entry: CallEntry, more: boolean, payload: Uint8Array): void {
    if (entry.answering === "no" || entry.answering === "lost") return;
    const taken = this.#answer(entry, { t: "piece", of: "reply", id: entry.origin.id, ...(more && MORE) }, payload);
    if (!taken) return this.fail(entry, doesNotRead(entry.caller.api, true));
    if (!more) this.#finish(entry, entry.answering === "ok");
  }

  /** A further piece of that caller's call; of one that has ended, nobody wants it. */
  callPiece(cell: CellId, id: number, more: boolean, payload: Uint8Array): void {
    const entry = this.ledger.ofOrigin(cell, id);
    if (!entry?.more_to_come) return;
    entry.more_to_come = more;
    if (entry.to !== undefined) return this.#sendPiece(entry, more, payload);
    if (!this.routes.holdPiece(entry, { payload: payload.slice(), more })) this.fail(entry, crowded(entry));
  }

  fail(entry: CallEntry, why: Fault): void {
    if (this.ledger.get(entry.id) !== entry) return;
    const { header, payload } = refusal(entry.origin.id, why, entry.to !== undefined);
    this.#answer(entry, header, payload);
    if (entry.answering === "ok" || entry.answering === "fault") {
      this.#answer(entry, { t: "piece", of: "reply", id: entry.origin.id }, NOTHING);
    }
    this.#finish(entry, false);
  }

  /** Its caller does not want it any more: the callee is told to stop, and the caller's shell that it is over. */
  giveUp(entry: CallEntry, text: string): void {
    if (this.ledger.get(entry.id) !== entry) return;
    this.#cancel(entry);
    this.fail(entry, fault("cancelled", text, { maybe_ran: mayHaveRun(entry) }));
  }

  /**
   * A call that is in flight was told again, since its caller's link broke. False: it takes its course, and its answer the newest link. True: what
   * was under way is dropped without an answer, and it must be delivered anew where it was.
   */
  toldAgain(entry: CallEntry, more: boolean, payload: Uint8Array): boolean {
    const whole = !entry.more_to_come;
    if (entry.to === undefined) {
      if (whole) return false;
      this.routes.unhold(entry);
      entry.held = [{ payload: payload.slice(), more }];
      entry.more_to_come = more;
      if (!this.routes.hold(entry)) this.fail(entry, crowded(entry));
      return false;
    }
    if (whole && entry.answering === "no") return false;
    if (!whole) this.#cancel(entry);
    this.#close(entry);
    return true;
  }

  /** The callee's cell says that this never reached it. */
  neverArrived(entry: CallEntry): void {
    entry.begun_there = false;
    this.fail(entry, fault("moved", `the link to '${entry.api}' broke before this call arrived there`));
  }

  /** What was sent of a reply went with its caller's link; the caller will ask again. */
  lostLink(cell: CellId): void {
    for (const entry of this.ledger.where((e) => e.origin.cell === cell && e.answering !== "no")) {
      entry.answering = "lost";
    }
  }

  /** Nothing is left of this process; what sat in it has been unseated. */
  forgetCell(cell: CellId): void {
    this.ports.delete(cell);
    this.answered.forgetCaller(cell);
    this.ledger.forgetOrigin(cell);
  }

  /** Nobody is answered any more; no timer is left. */
  dispose(): void {
    this.#deadlines.clear();
  }

  #sendPiece(entry: CallEntry, more: boolean, payload: Uint8Array): void {
    if (this.ledger.get(entry.id) !== entry) return;
    if (!entry.to!.port.send({ t: "piece", of: "call", id: entry.id, ...(more && MORE) }, payload)) {
      return this.fail(entry, doesNotRead(entry.api));
    }
    entry.begun_there = more;
  }

  #cancel(entry: CallEntry): void {
    if (entry.to === undefined) return;
    const { port } = entry.to;
    port.send({ t: "cancel", id: entry.id });
    // Behind a cancel the last piece ends nothing but the waiting for it.
    if (entry.begun_there) port.send({ t: "piece", of: "call", id: entry.id });
    entry.begun_there = false;
  }

  /** False when the caller does not take it. */
  #answer(entry: CallEntry, header: KernelMessage, payload: Uint8Array): boolean {
    if (header.t === "reply") this.#tracer?.answered(entry, header.ok ? undefined : header.code);
    if (entry.origin.cell !== OPERATOR) return this.ports.get(entry.origin.cell)?.send(header, payload) ?? false;
    this.operator.answer(entry.origin.id, header, payload);
    return true;
  }

  #finish(entry: CallEntry, ok: boolean): void {
    if (!this.#close(entry)) return;
    if (entry.begun_there) this.#cancel(entry);
    this.statistics.record(entry.api, this.#clock.monotonic() - entry.started, ok);
    if (entry.to === undefined) return;
    if (entry.origin.cell === OPERATOR) entry.to.port.send({ t: "ack", keys: [entry.key] });
    else this.answered.answered(entry.origin.cell, entry.origin.id, entry.key, entry.to.port.cell);
  }

  #close(entry: CallEntry): boolean {
    if (!this.ledger.close(entry)) return false;
    this.#tracer?.ended(entry);
    this.#deadlines.remove(entry);
    this.routes.unhold(entry);
    return true;
  }

  #expire(entry: CallEntry): void {
    const delivered = entry.to !== undefined;
    const ms = Math.round(entry.deadline - entry.started);
    const text = delivered
      ? `'${entry.api}.${entry.name}' did not answer within ${ms} ms`
      : `'${entry.api}' was not ready within ${ms} ms`;
    this.#cancel(entry);
    this.fail(entry, fault("timeout", text, { maybe_ran: mayHaveRun(entry) }));
  }
}

/** Not while pieces of it are missing at its callee. */
function mayHaveRun({ to, more_to_come }: CallEntry): boolean {
  return to !== undefined && !more_to_come;
}

function doesNotRead(api: string, maybe_ran = false): Fault {
  return fault("rate_limited", `'${api}' does not read what it is sent; its queue is full`, { maybe_ran });
}
function crowded({ api }: CallEntry): Fault {
  return fault("rate_limited", `too much waits for '${api}' already`);
}
