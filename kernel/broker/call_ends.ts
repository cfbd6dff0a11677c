/** What is said to the two ends of a call: its caller, which is a module or the operator, and the seat that serves it. */
import type { CellId } from "../contract/names.ts";
import { OPERATOR } from "../contract/names.ts";
import type { CallTracer } from "../contract/powers.ts";
import type { KernelMessage, Payload, StreamWord } from "../contract/wire.ts";
import type { CallEntry } from "./call_ledger.ts";
import { OperatorCalls } from "./operator_calls.ts";
import type { CellPort } from "./seat.ts";

export const MORE = { more: true as const };

export class CallEnds {
  readonly operator = new OperatorCalls();
  readonly ports = new Map<CellId | string, CellPort>();
  readonly #tracer: CallTracer | undefined;

  constructor(tracer: CallTracer | undefined) {
    this.#tracer = tracer;
  }

  /** False when the caller does not take it. */
  answer(entry: CallEntry, header: KernelMessage, payload: Payload): boolean {
    if (header.t === "reply") this.#tracer?.answered(entry, header.ok ? undefined : header.code);
    if (entry.origin.cell !== OPERATOR) return this.ports.get(entry.origin.cell)?.send(header, payload) ?? false;
    this.operator.answer(entry.origin.id, header, payload);
    return true;
  }

  /** A word about a stream, from one end to the other; false when that does not take it. */
  stream(entry: CallEntry, word: StreamWord, payload: Payload): boolean {
    if (word.at === "callee") return this.answer(entry, { ...word, at: "caller", id: entry.origin.id }, payload);
    return entry.to?.port.send({ ...word, at: "callee", id: entry.id }, payload) ?? false;
  }

  /** A further piece of the call; false when the callee does not take it. */
  piece(entry: CallEntry, more: boolean, payload: Payload): boolean {
    const taken = entry.to!.port.send({ t: "piece", of: "call", id: entry.id, ...(more && MORE) }, payload);
    if (taken) entry.begun_there = more;
    return taken;
  }

  /** The callee is told to stop. */
  cancel(entry: CallEntry): void {
    if (entry.to === undefined) return;
    const { port } = entry.to;
    port.send({ t: "cancel", id: entry.id });
    // Behind a cancel the last piece ends nothing but the waiting for it.
    if (entry.begun_there) port.send({ t: "piece", of: "call", id: entry.id });
    entry.begun_there = false;
  }
}
