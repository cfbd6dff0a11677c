/** An admitted call's way: held or delivered, answered, failed, given up or expired; in each case it leaves the ledger once. */
import { type Fault, fault } from "../contract/fault.ts";
import { type CellId, OPERATOR } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
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

export class CallFlow {
  readonly ledger = new CallLedger();
  readonly routes = new RouteTable();
  readonly answered = new AnsweredCalls();
  readonly operator = new OperatorCalls();
  readonly statistics = new CallStatistics();
  readonly ports = new Map<string, CellPort>();
  readonly #clock: Clock;
  readonly #deadlines: DeadlineWheel<CallEntry>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#deadlines = new DeadlineWheel<CallEntry>(clock, (entry) => this.#expire(entry));
  }

  /** To this seat now, or held until its api has one. */
  open(entry: CallEntry, seat: Seat | undefined): void {
    this.ledger.open(entry);
    this.#deadlines.add(entry, entry.deadline);
    if (seat !== undefined) this.deliver(entry, seat);
    else this.routes.hold(entry);
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
      return this.fail(entry, fault("rate_limited", `'${entry.api}' does not read what it is sent; its queue is full`));
    }
    for (const { payload, more } of rest) seat.port.send({ t: "piece", of: "call", id, ...(more && MORE) }, payload);
  }

  reply(entry: CallEntry, message: Extract<CellMessage, { t: "reply" }>, payload: Uint8Array): void {
    this.#answer(entry, relayed(entry.origin.id, message), payload);
    entry.answering = message.more === true;
    if (!entry.answering) this.#finish(entry, message.ok);
  }

  replyPiece(entry: CallEntry, more: boolean, payload: Uint8Array): void {
    this.#answer(entry, { t: "piece", of: "reply", id: entry.origin.id, ...(more && MORE) }, payload);
    if (!more) this.#finish(entry, true);
  }

  callPiece(entry: CallEntry, more: boolean, payload: Uint8Array): void {
    if (entry.to === undefined) entry.held.push({ payload: payload.slice(), more });
    else entry.to.port.send({ t: "piece", of: "call", id: entry.id, ...(more && MORE) }, payload);
  }

  fail(entry: CallEntry, why: Fault): void {
    if (this.ledger.get(entry.id) !== entry) return;
    const { header, payload } = refusal(entry.origin.id, why, entry.to !== undefined);
    this.#answer(entry, header, payload);
    this.#finish(entry, false);
  }

  /** Nobody waits for it any more: the callee is told to stop. */
  abandon(entry: CallEntry): void {
    entry.to?.port.send({ t: "cancel", id: entry.id });
    this.#finish(entry, false);
  }

  /** Nothing is left of this process. */
  forgetCell(cell: CellId): void {
    this.ports.delete(cell);
    this.answered.forgetCell(cell);
    this.ledger.forgetOrigin(cell);
  }

  #answer(entry: CallEntry, header: KernelMessage, payload: Uint8Array): void {
    if (entry.origin.cell === OPERATOR) this.operator.answer(entry.origin.id, header, payload);
    else this.ports.get(entry.origin.cell)?.send(header, payload);
  }

  #finish(entry: CallEntry, ok: boolean): void {
    if (!this.ledger.close(entry)) return;
    this.#deadlines.remove(entry);
    this.routes.unhold(entry);
    this.statistics.record(entry.api, this.#clock.monotonic() - entry.started, ok);
    if (entry.to === undefined) return;
    if (entry.origin.cell === OPERATOR) entry.to.port.send({ t: "ack", keys: [entry.key] });
    else this.answered.answered(entry.origin.cell, entry.origin.id, entry.key, entry.to.port.cell);
  }

  #expire(entry: CallEntry): void {
    const delivered = entry.to !== undefined;
    const ms = Math.round(entry.deadline - entry.started);
    const text = delivered
      ? `'${entry.api}.${entry.name}' did not answer within ${ms} ms`
      : `'${entry.api}' was not ready within ${ms} ms`;
    entry.to?.port.send({ t: "cancel", id: entry.id });
    this.fail(entry, fault("timeout", text, { maybe_ran: delivered }));
  }
}
