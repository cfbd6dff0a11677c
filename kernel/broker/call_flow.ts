/**
 * An admitted call's way: held or delivered, answered, failed, given up or expired; in each case it leaves the ledger once. What was begun on a
 * link is always ended there: a call in pieces that fails half-way is cancelled and closed at its callee, a reply that breaks off is closed at
 * its caller behind the fault.
 */
import { NO_PAYLOAD } from "../primitives/payload.ts";
import { type Fault, fault } from "../contract/fault.ts";
import { type CellId, OPERATOR } from "../contract/names.ts";
import type { EmitEvent, HitLimit } from "../contract/events.ts";
import type { CallTracer, Clock } from "../contract/powers.ts";
import type { OfferedTool } from "../contract/tool_spec.ts";
import type { CellMessage, Payload } from "../contract/wire.ts";
import { Deadlines } from "../primitives/deadlines.ts";
import { AnsweredCalls } from "./answered_calls.ts";
import { serviceDown } from "./admit_call.ts";
import { Approvals } from "./approvals.ts";
import { awaitsWords, type CallEntry, CallLedger } from "./call_ledger.ts";
import { CallEnds, MORE } from "./call_ends.ts";
import { headerOf } from "./call_header.ts";
import { CallStatistics } from "./call_statistics.ts";
import { CircuitTable, type EdgeOutcome } from "./circuit_table.ts";
import { edgeOutcome, mayHaveRun } from "./edge_outcome.ts";
import { Holding } from "./holding.ts";
import { LateAcks } from "./late_acks.ts";
import { expired } from "./expired_call.ts";
import { doesNotRead, refusal, relayed } from "./outcome.ts";
import { RetoldCalls } from "./retold_calls.ts";
import { RouteTable } from "./route_table.ts";
import type { Seat } from "./seat.ts";
import { StreamFlow } from "./stream_flow.ts";
import { countLentStreams } from "./stream_ledger.ts";

const NOTHING_HELD: CallEntry["held"] = [];
Object.freeze(NOTHING_HELD);

export interface FlowPowers {
  readonly clock: Clock;
  readonly emit: EmitEvent;
  readonly hit: HitLimit;
  readonly tracer?: CallTracer | undefined;
  readonly trace_salt: string;
}

export class CallFlow {
  readonly ledger = new CallLedger();
  readonly routes = new RouteTable();
  readonly answered = new AnsweredCalls();
  readonly statistics = new CallStatistics();
  readonly ends: CallEnds;
  readonly streams = new StreamFlow(this);
  readonly retold = new RetoldCalls(this);
  readonly holding = new Holding(this);
  readonly approvals: Approvals;
  readonly circuits: CircuitTable;
  readonly acks: LateAcks;
  readonly hit: HitLimit;
  readonly #clock: Clock;
  readonly #deadlines: Deadlines<CallEntry>;
  readonly #tracer: CallTracer | undefined;

  constructor({ clock, emit, hit, tracer, trace_salt }: FlowPowers) {
    this.hit = hit;
    this.#clock = clock;
    this.#tracer = tracer;
    this.ends = new CallEnds(tracer);
    this.approvals = new Approvals(this, emit, trace_salt);
    this.circuits = new CircuitTable(clock, emit);
    this.acks = new LateAcks(clock, (cell) => this.ends.ports.get(cell));
    this.#deadlines = new Deadlines<CallEntry>(clock, () => this.ledger.all(), (entry) => this.#expire(entry));
  }

  /** To this seat now, or held until its api has one; with `asks` it waits for a person's yes first. */
  open(entry: CallEntry, seat: Seat | undefined, asks?: OfferedTool): void {
    if (this.#tracer !== undefined) entry.trace = this.#tracer.began(entry);
    this.ledger.open(entry);
    countLentStreams(entry, 1);
    this.#deadlines.note(entry.deadline);
    if (asks !== undefined) this.approvals.ask(entry, asks, this.#clock.monotonic());
    else if (seat !== undefined) this.deliver(entry, seat);
    else this.holding.hold(entry);
  }

  /** What it waited for has come: from here on it has the time of any call. */
  beginAnew(entry: CallEntry, ms: number): void {
    entry.started = this.#clock.monotonic();
    entry.deadline = Math.min(entry.deadline, entry.started + ms);
    this.#deadlines.note(entry.deadline);
    this.settle(entry);
  }

  deliver(entry: CallEntry, seat: Seat): void {
    entry.to = seat;
    seat.in_flight++;
    const { held } = entry;
    const first = held[0]!;
    entry.held = NOTHING_HELD;
    if (!seat.port.send(headerOf(entry, seat, this.#clock.monotonic(), first.more), first.payload)) {
      return this.fail(entry, doesNotRead(entry.api));
    }
    entry.begun_there = first.more;
    for (let i = 1; i < held.length; i++) this.#sendPiece(entry, held[i]!.more, held[i]!.payload);
  }

  reply(entry: CallEntry, message: Extract<CellMessage, { t: "reply" }>, payload: Payload): void {
    const begins = message.ok && message.streams !== undefined ? message.streams : 0;
    const refused = begins === 0 ? undefined : this.streams.begin(entry, begins);
    if (refused !== undefined) {
      this.ends.cancel(entry);
      return this.fail(entry, refused);
    }
    if (begins > 0) this.#awaitReader(entry);
    if (!this.ends.answer(entry, relayed(entry.origin.id, message), payload)) return this.breakOff(entry);
    if (message.more) entry.answering = message.ok ? "ok" : "fault";
    else if (begins === 0) this.finish(entry, message.ok);
  }

  /** Those that waited for a route: they take it. One whose words are still to come does so with them. */
  released(entries: readonly CallEntry[]): void {
    for (const entry of entries) if (!awaitsWords(entry)) this.settle(entry);
  }

  /** By the route that its api has now. */
  settle(entry: CallEntry): void {
    const route = this.routes.of(entry.api);
    if (route?.to === "seat") this.deliver(entry, route.seat);
    else if (route?.to !== "hold") this.fail(entry, serviceDown(entry.api, route));
    else this.holding.hold(entry);
  }

  replyPiece(entry: CallEntry, more: boolean, payload: Payload): void {
    if (entry.answering === "no" || entry.answering === "lost") return;
    const taken = this.ends.answer(entry, { t: "piece", of: "reply", id: entry.origin.id, ...(more && MORE) }, payload);
    if (!taken) return this.breakOff(entry);
    if (more) return;
    if (entry.streams !== undefined && entry.streams.size > 0) entry.answering = "no";
    else this.finish(entry, entry.answering === "ok");
  }

  /** A further piece of that caller's call; of one that has ended, nobody wants it. */
  callPiece(cell: CellId, id: number, more: boolean, payload: Payload): void {
    const entry = this.ledger.ofOrigin(cell, id);
    if (!entry?.more_to_come) return;
    entry.more_to_come = more;
    if (entry.to !== undefined) return this.#sendPiece(entry, more, payload);
    if (awaitsWords(entry)) return;
    if (this.approvals.waits(entry)) this.approvals.piece(entry, more, payload);
    else this.holding.piece(entry, more, payload);
  }

  fail(entry: CallEntry, why: Fault): void {
    if (this.ledger.get(entry.id) !== entry) return;
    const { header, payload } = refusal(entry.origin.id, why, entry.to !== undefined);
    this.ends.answer(entry, header, payload);
    if (entry.answering === "ok" || entry.answering === "fault") {
      this.ends.answer(entry, { t: "piece", of: "reply", id: entry.origin.id }, NO_PAYLOAD);
    }
    this.finish(entry, false, edgeOutcome(entry, why));
  }

  /** Its caller does not want it any more: the callee is told to stop, and the caller's shell that it is over. */
  giveUp(entry: CallEntry, text: string): void {
    if (this.ledger.get(entry.id) !== entry) return;
    this.ends.cancel(entry);
    this.fail(entry, fault("cancelled", text, { maybe_ran: mayHaveRun(entry) }));
  }

  /** Nothing is left of this process; what sat in it has been unseated. */
  forgetCell(cell: CellId): void {
    this.ends.ports.delete(cell);
    this.answered.forgetCaller(cell);
    this.acks.forget(cell);
    this.ledger.forgetOrigin(cell);
  }

  /** Nobody is answered any more; no timer is left. */
  dispose(): void {
    this.#deadlines.clear();
    this.acks.dispose();
  }

  #sendPiece(entry: CallEntry, more: boolean, payload: Payload): void {
    if (this.ledger.get(entry.id) !== entry) return;
    if (!this.ends.piece(entry, more, payload)) this.fail(entry, doesNotRead(entry.api));
  }

  #settleEdge({ from, api, to, kind }: CallEntry, outcome: EdgeOutcome): void {
    if (from !== undefined && kind !== "lent" && kind !== "kept") {
      this.circuits.ended(from.api, api, outcome, to?.instance);
    }
  }

  /** Its answer is out and has streams: their reader has as long again to begin. */
  #awaitReader(entry: CallEntry): void {
    const now = this.#clock.monotonic();
    this.statistics.record(entry, now - entry.started, true);
    this.#settleEdge(entry, "answered");
    entry.deadline = now + (entry.deadline - entry.started);
    this.#deadlines.note(entry.deadline);
  }

  /** From here on its pace counts. */
  readingBegan(entry: CallEntry): void {
    entry.deadline = Infinity;
  }

  /** One of its ends can't go on: by default its caller, who does not take what it is sent. */
  breakOff(entry: CallEntry, why: Fault = doesNotRead(entry.caller.api, true)): void {
    this.ends.cancel(entry);
    this.fail(entry, why);
  }

  /** It is over: nothing of it is left but, for a while, its answer. */
  finish(entry: CallEntry, ok: boolean, edge: EdgeOutcome = "answered"): void {
    if (!this.#close(entry)) return;
    entry.streams?.endAll();
    if (entry.begun_there) this.ends.cancel(entry);
    if (entry.streams === undefined) {
      this.statistics.record(entry, this.#clock.monotonic() - entry.started, ok);
      this.#settleEdge(entry, edge);
    }
    if (entry.to === undefined) return;
    const { origin, to: { port: { cell } } } = entry;
    if (origin.cell === OPERATOR) this.acks.add(cell, origin.asker, origin.id);
    else this.answered.answered(origin.cell, origin.id, cell);
  }

  /** Ends without an outcome: it begins anew, or is refused. */
  drop(entry: CallEntry): void {
    if (this.#close(entry)) this.#settleEdge(entry, "untried");
  }

  #close(entry: CallEntry): boolean {
    if (!this.ledger.close(entry)) return false;
    countLentStreams(entry, -1);
    this.#tracer?.ended(entry);
    entry.deadline = Infinity;
    this.routes.unhold(entry);
    this.approvals.forget(entry);
    return true;
  }

  #expire(entry: CallEntry): void {
    if (this.approvals.waits(entry)) return this.approvals.unanswered(entry);
    const { text, hit } = expired(entry);
    if (hit !== undefined) this.hit(entry.api, hit);
    this.ends.cancel(entry);
    this.fail(entry, fault("timeout", text, { maybe_ran: mayHaveRun(entry) }));
  }
}
