/**
 * The broker connects callers to services: each call made through a handle ends in exactly one reply or one named fault.
 * It reads headers only; payloads pass through. Everything it knows of a module is its Seat. What becomes of an admitted
 * call is in call_flow.ts.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, type CallKey, type CellId, type InstanceId, KERNEL_API, TOOLS_API } from "../contract/names.ts";
import type { CellMessage, LastWords, Payload, ReportedLoan, StreamWord } from "../contract/wire.ts";
import type { Approvals } from "./approvals.ts";
import { NOBODY } from "./authority.ts";
import { nameTool, NO_TOOLS, type ToolDirectory } from "./bind_tool.ts";
import type { NamedCall } from "./bound_call.ts";
import { Admission, answerApart, sendRefusal } from "./admission.ts";
import type { BrokerOptions } from "./broker_options.ts";
import { CallFlow } from "./call_flow.ts";
import { awaitsWords, type CallEntry, keyOf } from "./call_ledger.ts";
import { CallsHandedOver } from "./calls_handed_over.ts";
import { type GuiltyCall, Hostages } from "./hostages.ts";
import { takePiece } from "./take_piece.ts";
import { KernelCalls } from "./kernel_calls.ts";
import { KeptFunctions } from "./lent_functions.ts";
import type { OperatorRequest } from "./operator_calls.ts";
import { callAsOperator, type OperatorCall, probing } from "./operator_desk.ts";
import { callAsPrincipal, type PrincipalRequest } from "./principal_calls.ts";
import { ParkedCalls } from "./parked_calls.ts";
import type { CellPort, Route, Seat } from "./seat.ts";
import { whereabouts } from "./whereabouts.ts";

export class Broker {
  /** For a kernel that hands over, and for its successor. */
  readonly handed_over: CallsHandedOver;
  readonly #options: BrokerOptions;
  readonly #flow: CallFlow;
  readonly #admission: Admission;
  readonly #hostages: Hostages;
  readonly #kernel: KernelCalls;
  readonly #tools: ToolDirectory;
  readonly #seats = new Map<InstanceId, Seat>();
  readonly #parked = new ParkedCalls();
  readonly #kept = new KeptFunctions();

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#flow = new CallFlow(options);
    this.#hostages = new Hostages(this.#flow);
    const { clock, trace_salt, hit, tools = NO_TOOLS, principals = NOBODY } = options;
    this.#tools = tools;
    const parts = { flow: this.#flow, kept: this.#kept, seats: this.#seats };
    this.#admission = new Admission({ clock, trace_salt, hit, tools, principals, ...parts });
    this.#kernel = new KernelCalls(options.services, options.clock);
    this.handed_over = new CallsHandedOver(this.#flow, this.#kernel);
  }

  get statistics() {
    return this.#flow.statistics;
  }
  /** Calls of models that wait for the operator's yes. */
  get approvals(): Approvals {
    return this.#flow.approvals;
  }
  /** Calls that have not ended. */
  get in_flight(): number {
    return this.#flow.ledger.size;
  }

  // ── what the lifecycle says ──

  /** From now on this instance may make calls, and finish those it has. */
  seat(seat: Seat): void {
    this.#seats.set(seat.instance, seat);
    this.#flow.ends.ports.set(seat.port.cell, seat.port);
    this.#flow.answered.seated(seat.port.cell, seat.api);
  }

  /** The instance is gone: what it served ends with `why`, what it asked for has no one left to answer to. */
  unseat(instance: InstanceId, why: Fault): void {
    const seat = this.#seats.get(instance);
    if (seat === undefined) return;
    this.#seats.delete(instance);
    this.#kept.forget(instance);
    const { ledger } = this.#flow;
    const spared = this.#hostages.takeSpared(instance);
    for (const entry of ledger.where((e) => e.to === seat)) {
      const begun = !spared.has(entry.id);
      if (begun || !this.#flow.retold.rehold(entry)) this.#flow.fail(entry, { ...why, maybe_ran: begun });
    }
    for (const entry of ledger.where((e) => e.from === seat)) this.#flow.giveUp(entry, "the caller's instance is gone");
  }

  /** Whose instance that is, if it sits in that cell. */
  apiOf(cell: CellId, instance: InstanceId): ApiName | undefined {
    const seat = this.#seats.get(instance);
    return seat?.port.cell === cell ? seat.api : undefined;
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
    this.#flow.released(route === undefined ? routes.delete(api) : routes.set(api, route));
    if (route !== undefined) return;
    this.statistics.forget(api);
    this.#flow.circuits.forget(api);
  }

  /** These are the last words of a cell: what ran when it had to end, and so who ended it. Gives that call, where it is known. */
  dying(cell: CellId, instance: InstanceId, last_words: LastWords): GuiltyCall | undefined {
    return this.#hostages.dying(cell, instance, last_words);
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
    const missing = (e: CallEntry) => e.to?.port.cell === cell && !held.has(keyOf(e)) && !e.to.port.holdsBack(e.id);
    for (const entry of this.#flow.ledger.where(missing)) this.#flow.retold.neverArrived(entry);
    this.#flow.retold.lostLink(cell);
    this.#flow.streams.linkBroke(cell);
  }

  /** Which functions that instance keeps lent, by its cell's report: a kernel that crashed forgot them, and a broken link may have lost what was revoked. */
  keeps(cell: CellId, instance: InstanceId, loans: readonly ReportedLoan[]): void {
    if (this.#seats.get(instance)?.port.cell === cell) this.#kept.replace(instance, loans);
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

  onCall(port: CellPort, said: NamedCall, payload: Payload): void {
    const message = said.api === TOOLS_API ? nameTool(said, this.#tools) : said;
    const seat = this.#seats.get(message.from);
    if (seat === undefined || seat.port.cell !== port.cell) {
      const text = `instance ${message.from} is not loaded any more and may make no calls`;
      return sendRefusal(port, message.id, fault("cancelled", text), false);
    }
    if (seat.apart !== undefined) return answerApart(port, seat.apart, message);
    if (message.api === KERNEL_API) {
      return void this.#kernel.call(seat, message, payload, this.#admission.asked(seat, message));
    }
    const open = this.#flow.ledger.ofOrigin(port.cell, message.id);
    if (message.resaid) {
      if (open !== undefined && awaitsWords(open)) this.#flow.retold.toldAgain(open, message, payload);
      return; // of a call that has ended meanwhile: nobody wants it any more
    }
    // A number used twice is a lie: the first call stands.
    if (open !== undefined && !(message.again && this.#flow.retold.toldAgain(open, message, payload))) return;
    const found = open?.to !== undefined
      ? { is: "at", seat: open.to } as const
      : message.again || message.kind === "kept"
      ? whereabouts({ port, message, payload }, this.#flow.answered, this.#parked, this.#seats)
      : { is: "new" } as const;
    switch (found.is) {
      case "parked":
        return;
      case "lost":
        return sendRefusal(port, message.id, found.why, true);
      default:
        return this.#admission.admit(seat, message, payload, found);
    }
  }

  onReply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Payload): void {
    const entry = this.#flow.ledger.get(message.id);
    // Only the cell to which it was delivered may answer, once; late answers and made-up numbers are ignored.
    const awaited = entry?.answering === "no" && entry.streams === undefined;
    if (awaited && entry.to?.port.cell === port.cell) this.#flow.reply(entry, message, payload);
  }

  onPiece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Payload): void {
    takePiece({ flow: this.#flow, parked: this.#parked }, port.cell, message, payload);
  }

  /** A word about a stream, from either end of its call. */
  onStream(port: CellPort, word: StreamWord, payload: Payload): void {
    const entry = word.at === "caller"
      ? this.#flow.ledger.ofOrigin(port.cell, word.id)
      : this.#flow.ledger.get(word.id);
    if (entry === undefined || (word.at === "callee" && entry.to?.port.cell !== port.cell)) return;
    this.#flow.streams.word(entry, word, payload);
  }

  /** A function kept by name is taken back; only the cell of its instance may say so. */
  onRevoke(port: CellPort, instance: InstanceId, name: string): void {
    if (this.#seats.get(instance)?.port.cell === port.cell) this.#kept.revoke(instance, name);
  }

  /** It lent them with a call that another kernel has. */
  onLend(port: CellPort, instance: InstanceId, names: readonly string[], to: string): void {
    if (this.#seats.get(instance)?.port.cell === port.cell) this.#kept.told(instance, names, to);
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

  /** One call of an instance that runs apart. */
  probe(instance: InstanceId, request: OperatorRequest): OperatorCall | undefined {
    const seat = this.#seats.get(instance);
    return seat?.apart === undefined ? undefined : callAsOperator(request, this.#flow, this.#options, probing(seat));
  }

  /** One call with the operator's authority. */
  callAsOperator(request: OperatorRequest): OperatorCall {
    return callAsOperator(request, this.#flow, this.#options);
  }

  /** One tool, asked for at the command line in a principal's name. */
  callAsPrincipal(request: PrincipalRequest): OperatorCall {
    const { clock, trace_salt, principals = NOBODY } = this.#options;
    return callAsPrincipal(request, { flow: this.#flow, clock, trace_salt, tools: this.#tools, principals });
  }
}
