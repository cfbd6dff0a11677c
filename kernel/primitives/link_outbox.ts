/**
 * What one end of a link has to say, in order: what its window admits leaves with the next batch. A large message leaves piece by piece, each at
 * the end of the queue, so that small ones pass between; first pieces keep their order. Messages without cost overtake what waits.
 * What waits for credit may wait for long: it is copied, since a payload is a span that keeps the whole frame alive which it was cut from.
 */
import { WIRE } from "../contract/limits.ts";
import type { CellMessage, KernelMessage, Payload } from "../contract/wire.ts";
import { FrameWriter, type WriteHeader } from "./frame_writer.ts";
import { NO_PAYLOAD, ownPayload } from "./payload.ts";
import { splitMessage } from "./split_message.ts";
import { type Credit, creditCost, FREE_OF_CREDIT, MESSAGE_COST_BYTES, SendWindow } from "./window.ts";

interface Waiting<M> {
  readonly header: M;
  readonly payload: Payload;
  readonly rest?: Iterator<{ readonly header: M; readonly payload: Payload }>;
}

/** When so many have been said they leave although the turn goes on: the other end begins with them meanwhile. */
export const EARLY_MESSAGES = 64;

/** The queue's read part is cut off when it has grown to so many. */
const CUT_AT = 1_024;
const MORE = Object.freeze({ more: true as const });

/** `M` is what this end says. */
export class LinkOutbox<M extends CellMessage | KernelMessage> {
  readonly #writer: FrameWriter<M>;
  readonly #window: SendWindow;
  #waiting: Waiting<M>[] = [];
  #head = 0;
  #bytes = 0;
  /** The window is full: what waits, waits for credit, and has been copied. */
  #blocked = false;

  constructor(write: WriteHeader<M>, window: SendWindow = new SendWindow()) {
    this.#writer = new FrameWriter<M>(write);
    this.#window = window;
  }

  /** Bytes that wait for credit or for the next batch. */
  get queued_bytes(): number {
    return this.#bytes + this.#writer.bytes;
  }

  /** Messages that wait. */
  get count(): number {
    return this.#waiting.length - this.#head;
  }

  push(header: M, payload: Payload = NO_PAYLOAD): void {
    if (FREE_OF_CREDIT.has(header.t)) return this.#writer.push(header, payload);
    this.#bytes += payload.length + MESSAGE_COST_BYTES;
    const piece = payload.length <= WIRE.chunk_bytes ? undefined : pieceOf(header);
    if (piece === undefined) {
      this.#waiting.push({ header, payload: this.#blocked ? ownPayload(payload) : payload });
      return;
    }
    const rest = splitMessage<M, M>(header, payload, piece as M);
    this.#waiting.push({ ...rest.next().value!, rest });
  }

  /** The other end has processed so much. */
  credit(processed: Credit): void {
    this.#window.credit(processed);
  }

  /** The next batch, as whole frames, good until the next `take`; undefined when nothing may be said now. */
  take(): Uint8Array | undefined {
    while (this.#head < this.#waiting.length && this.#writer.bytes < WIRE.batch_bytes) {
      const { header, payload, rest } = this.#waiting[this.#head]!;
      const cost = creditCost(header.t, payload.length)!;
      if (!this.#window.hasRoom(cost)) {
        this.#block();
        break;
      }
      this.#blocked = false;
      this.#window.take(cost);
      this.#writer.push(header, payload);
      this.#head++;
      const next = rest?.next();
      if (rest !== undefined && next?.done === false) this.#waiting.push({ ...next.value, rest });
      else this.#bytes -= MESSAGE_COST_BYTES;
      this.#bytes -= payload.length;
    }
    if (this.#head >= CUT_AT || this.#head === this.#waiting.length) {
      this.#waiting.splice(0, this.#head);
      this.#head = 0;
    }
    return this.#writer.take();
  }

  /** Large messages are left as they are: a frame that they were cut from is not much more than they. */
  #block(): void {
    if (this.#blocked) return;
    this.#blocked = true;
    for (let at = this.#head; at < this.#waiting.length; at++) {
      const { header, payload, rest } = this.#waiting[at]!;
      if (rest === undefined) this.#waiting[at] = { header, payload: ownPayload(payload) };
    }
  }
}

/** What continues such a message; undefined for those that go in one frame whatever their size, such as items of a stream. */
function pieceOf(header: CellMessage | KernelMessage): CellMessage | KernelMessage | undefined {
  switch (header.t) {
    case "call":
    case "reply":
    case "load":
    case "import":
    case "vet":
    case "vetted":
    case "state":
      // A first piece that is cut again goes on with the others'.
      return { t: "piece", of: header.t, id: header.id, ...(header.more && MORE) };
    case "piece":
      return header;
    default:
      return undefined;
  }
}
