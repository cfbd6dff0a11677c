/**
 * An admitted call's way: held or delivered, answered, failed, given up or expired; in each case it leaves the ledger once. What was begun on a
 * link is always ended there: a call in pieces that fails half-way is cancelled and closed at its callee, a reply that breaks off is closed at
 * its caller behind the fault.
 */
import { NO_PAYLOAD, ownPayload } from "../primitives/payload.ts";
import { type Fault, fault } from "../contract/fault.ts";
import { callerOfKey, type CellId, OPERATOR } from "../contract/names.ts";
import type { CallTracer, Clock } from "../contract/powers.ts";
import type { CellMessage, KernelMessage, Payload, StreamWord } from "../contract/wire.ts";
import { DeadlineWheel } from "../primitives/deadline_wheel.ts";
import { AnsweredCalls } from "./answered_calls.ts";
import { type CallEntry, CallLedger } from "./call_ledger.ts";
import { CallStatistics } from "./call_statistics.ts";
import { LateAcks } from "./late_acks.ts";
import { OperatorCalls } from "./operator_calls.ts";
import { refusal, relayed } from "./outcome.ts";
import { refuseStreams, StreamLedger } from "./stream_ledger.ts";
import { RouteTable } from "./route_table.ts";
import type { CellPort, Seat } from "./seat.ts";

const MORE = { more: true as const };
const NOTHING_HELD: CallEntry["held"] = [];
Object.freeze(NOTHING_HELD);

export class CallFlow {
  readonly ledger = new CallLedger();
  readonly routes = new RouteTable();
  readonly answered = new AnsweredCalls();
  readonly operator = new OperatorCalls();
  readonly statistics = new CallStatistics();
  readonly ports = new Map<string, CellPort>();
  readonly acks: LateAcks;
  readonly #clock: Clock;
  readonly #deadlines: DeadlineWheel<CallEntry>;
  readonly #tracer: CallTracer | undefined;

  constructor(clock: Clock, tracer?: CallTracer) {
    this.#clock = clock;
    this.acks = new LateAcks(clock, (cell) => this.ports.get(cell));
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
    const refused = begins === 0 ? undefined : this.#beginStreams(entry, begins);
    if (refused !== undefined) {
      this.#cancel(entry);
      return this.fail(entry, refused);
    }
    const taken = this.#answer(entry, relayed(entry.origin.id, message), payload);
    if (!taken) return this.#breakOff(entry);
    if (message.more) entry.answering = message.ok ? "ok" : "fault";
    else if (begins === 0) this.#finish(entry, message.ok);
  }

  /** A word about a stream, on its way to the call's other end. What fits no stream is dropped. */
  stream(entry: CallEntry, word: StreamWord, payload: Payload): void {
    const telling = word.t === "items" || word.t === "end";
    const of_answer = telling === (word.at === "callee");
    const known = of_answer ? entry.streams?.has(word.no) : word.no < (entry.lends?.streams ?? 0);
    if (!known || entry.to === undefined) return;
    const taken = word.at === "callee"
      ? this.#answer(entry, { ...word, at: "caller", id: entry.origin.id }, payload)
      : entry.to.port.send({ ...word, at: "callee", id: entry.id }, payload);
    if (!taken) return this.#breakOff(entry);
    if (!of_answer || word.t !== "end") return;
    entry.streams!.end(word.no);
    if (entry.streams!.size === 0) this.#finish(entry, word.code === undefined);
  }

  /** The link of this cell broke: what it had of streams is gone with it. */
  breakStreams(cell: CellId): void {
    const text = "the link over which this stream went broke";
    const has = ({ streams, lends }: CallEntry) => streams !== undefined || (lends?.streams ?? 0) > 0;
    for (const entry of this.ledger.where((e) => has(e) && (e.origin.cell === cell || e.to?.port.cell === cell))) {
      if (entry.origin.cell === cell) this.giveUp(entry, text);
      else this.fail(entry, fault("moved", text, { maybe_ran: true }));
    }
  }

  replyPiece(entry: CallEntry, more: boolean, payload: Payload): void {
    if (entry.answering === "no" || entry.answering === "lost") return;
    const taken = this.#answer(entry, { t: "piece", of: "reply", id: entry.origin.id, ...(more && MORE) }, payload);
    if (!taken) return this.#breakOff(entry);
    if (more) return;
    if (entry.streams !== undefined && entry.answering === "ok") entry.answering = "no";
    else this.#finish(entry, entry.answering === "ok");
  }

  /** A further piece of that caller's call; of one that has ended, nobody wants it. */
  callPiece(cell: CellId, id: number, more: boolean, payload: Payload): void {
    const entry = this.ledger.ofOrigin(cell, id);
    if (!entry?.more_to_come) return;
    entry.more_to_come = more;
    if (entry.to !== undefined) return this.#sendPiece(entry, more, payload);
    if (!this.routes.holdPiece(entry, { payload: ownPayload(payload), more })) this.fail(entry, crowded(entry));
  }

  fail(entry: CallEntry, why: Fault): void {
    if (this.ledger.get(entry.id) !== entry) return;
    const { header, payload } = refusal(entry.origin.id, why, entry.to !== undefined);
    this.#answer(entry, header, payload);
    if (entry.answering === "ok" || entry.answering === "fault") {
      this.#answer(entry, { t: "piece", of: "reply", id: entry.origin.id }, NO_PAYLOAD);
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
  toldAgain(entry: CallEntry, more: boolean, payload: Payload): boolean {
    const whole = !entry.more_to_come;
    if (entry.to === undefined) {
      if (whole) return false;
      this.routes.unhold(entry);
      entry.held = [{ payload: ownPayload(payload), more }];
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
    if (!entry.to!.port.send({ t: "piece", of: "call", id: entry.id, ...(more && MORE) }, payload)) {
      return this.fail(entry, doesNotRead(entry.api));
    }
    entry.begun_there = more;
  }

  /** Its answer is out and has streams: from here on their consumer's pace counts, not the call's deadline. */
  #beginStreams(entry: CallEntry, count: number): Fault | undefined {
    if (entry.origin.cell === OPERATOR) return fault("invalid_argument", STREAM_FOR_NOBODY, { maybe_ran: true });
    const refused = refuseStreams(entry.from, count) ?? refuseStreams(entry.to, count);
    if (refused !== undefined) return { ...refused, maybe_ran: true };
    entry.streams = new StreamLedger(count, [entry.from, entry.to]);
    this.#deadlines.remove(entry);
    entry.deadline = Infinity;
    return undefined;
  }

  /** Its caller does not take what it is sent. */
  #breakOff(entry: CallEntry): void {
    this.#cancel(entry);
    this.fail(entry, doesNotRead(entry.caller.api, true));
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
  #answer(entry: CallEntry, header: KernelMessage, payload: Payload): boolean {
    if (header.t === "reply") this.#tracer?.answered(entry, header.ok ? undefined : header.code);
    if (entry.origin.cell !== OPERATOR) return this.ports.get(entry.origin.cell)?.send(header, payload) ?? false;
    this.operator.answer(entry.origin.id, header, payload);
    return true;
  }

  #finish(entry: CallEntry, ok: boolean): void {
    if (!this.#close(entry)) return;
    entry.streams?.endAll();
    if (entry.begun_there) this.#cancel(entry);
    this.statistics.record(entry.api, this.#clock.monotonic() - entry.started, ok);
    if (entry.to === undefined) return;
    if (entry.origin.cell === OPERATOR) this.acks.add(entry.to.port.cell, callerOfKey(entry.key), entry.origin.id);
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

const STREAM_FOR_NOBODY =
  "the answer is a stream, which only modules read; call it from a module, or a method that gives a list";

/** How the call is told to the seat that takes it. */
function headerOf(entry: CallEntry, seat: Seat, now: number, more: boolean): KernelMessage {
  const { id, key, aspect, name, kind, caller, trace, depth, lends, made } = entry;
  const ms = Math.max(1, Math.ceil(entry.deadline - now));
  const plain = { t: "call", id, key, to: seat.instance, aspect, name, kind, caller, trace, ms, depth } as const;
  if (!more && lends?.streams === undefined && made === undefined) return plain;
  return {
    ...plain,
    ...(more && MORE),
    ...(lends?.streams !== undefined && { streams: lends.streams }),
    ...(made !== undefined && { made }),
  };
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
