/** The operator's own calls: answers are put together here, since there is no shell on that side. */
import { type Fault, fault, type FaultCode, FAULTS } from "../contract/fault.ts";
import type { KernelMessage, Payload } from "../contract/wire.ts";
import { isRecord } from "../primitives/check_fields.ts";
import { clipText } from "../primitives/clip_text.ts";
import { GrowingPayload } from "../primitives/growing_payload.ts";
import { readJsonPayload } from "../primitives/json_payload.ts";
import { FAULT_UNITS, NAME_UNITS } from "../primitives/parse_fault.ts";

export interface OperatorRequest {
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  /** The arguments as value_codec.ts writes them. */
  readonly payload: Payload;
  readonly timeout?: number;
}
export type OperatorOutcome = { readonly ok: true; readonly payload: Payload } | {
  readonly ok: false;
  readonly fault: Fault;
};

/** An answer for a person or a script: larger ones belong into a file. */
export const MAX_ANSWER_BYTES = 67_108_864;
/** No fault's words need more; a callee's may be a bomb for the parser. */
export const FAULT_PAYLOAD = 131_072;

interface Waiting {
  readonly resolve: (outcome: OperatorOutcome) => void;
  /** Of an answer in pieces: what has come of it. */
  pieces: GrowingPayload | undefined;
  code: FaultCode | undefined;
}

export class OperatorCalls {
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  open(): { id: number; outcome: Promise<OperatorOutcome> } {
    const id = this.#next++;
    const { promise, resolve } = Promise.withResolvers<OperatorOutcome>();
    this.#waiting.set(id, { resolve, pieces: undefined, code: undefined });
    return { id, outcome: promise };
  }

  settle(id: number, outcome: OperatorOutcome): void {
    this.#waiting.get(id)?.resolve(outcome);
    this.#waiting.delete(id);
  }

  answer(id: number, header: KernelMessage, payload: Payload): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined || (header.t !== "reply" && header.t !== "piece")) return;
    if (header.t === "reply") {
      // A fault may follow the first pieces of an answer that broke off: what came of that counts for nothing.
      waiting.pieces = header.more ? new GrowingPayload() : undefined;
      waiting.code = header.ok ? undefined : header.code ?? "module_error";
    }
    if ((waiting.pieces?.length ?? 0) + payload.length > MAX_ANSWER_BYTES) {
      const why = fault("too_large", `the answer exceeds ${MAX_ANSWER_BYTES} bytes`, { maybe_ran: true });
      return this.settle(id, { ok: false, fault: why });
    }
    waiting.pieces?.append(payload);
    if (header.more) return;
    const whole = waiting.pieces?.take() ?? payload;
    const { code } = waiting;
    this.settle(id, code === undefined ? { ok: true, payload: whole } : { ok: false, fault: readFault(code, whole) });
  }
}

/** The words are the callee's, the code is what the kernel let pass. Parsed only as far as a fault can reach: its callee may have said anything, of any depth. */
function readFault(code: FaultCode, payload: Payload): Fault {
  const said = payload.length > FAULT_PAYLOAD ? undefined : readJsonPayload(payload);
  if (!isRecord(said) || typeof said["message"] !== "string") {
    return fault(code, "the service failed and its words could not be read", { maybe_ran: true });
  }
  const { message, hint, retriable, maybe_ran, name } = said;
  return fault(code, clipText(message as string, FAULT_UNITS), {
    hint: typeof hint === "string" ? clipText(hint, FAULT_UNITS) : FAULTS[code].hint,
    retriable: retriable === true,
    maybe_ran: maybe_ran === true,
    ...(typeof name === "string" && { name: clipText(name, NAME_UNITS) }),
  });
}
