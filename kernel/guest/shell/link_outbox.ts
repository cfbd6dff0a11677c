/**
 * What waits to be said on one link, in order: what its window admits leaves with the next batch. A large message leaves piece by piece, each at
 * the end of the queue, so that small ones pass between; first pieces keep their order. Messages without cost overtake what waits.
 */
import { NO_PAYLOAD } from "../../primitives/payload.ts";
import { WIRE } from "../../contract/limits.ts";
import type { CellMessage, Payload } from "../../contract/wire.ts";
import { FrameWriter } from "../../primitives/frame_codec.ts";
import { writeCellHeader } from "../../primitives/short_headers.ts";
import { splitMessage } from "../../primitives/split_message.ts";
import { type Credit, creditCost, MESSAGE_COST_BYTES, SendWindow } from "../../primitives/window.ts";

interface Waiting {
  readonly header: CellMessage;
  readonly payload: Payload;
  readonly rest?: Iterator<{ readonly header: CellMessage; readonly payload: Payload }>;
}

/** The queue's read part is cut off when it has grown to so many. */
const CUT_AT = 1_024;

export class LinkOutbox {
  readonly #writer = new FrameWriter<CellMessage>(writeCellHeader);
  readonly #window: SendWindow;
  #waiting: Waiting[] = [];
  #head = 0;
  #bytes = 0;

  constructor(window: SendWindow = new SendWindow()) {
    this.#window = window;
  }

  /** Bytes that wait for credit or for the socket. */
  get queued_bytes(): number {
    return this.#bytes;
  }

  /** Messages that wait. */
  get count(): number {
    return this.#waiting.length - this.#head;
  }

  push(header: CellMessage, payload: Payload = NO_PAYLOAD): void {
    if (creditCost(header.t, payload.length) === undefined) return this.#writer.push(header, payload);
    this.#bytes += payload.length + MESSAGE_COST_BYTES;
    const piece = pieceOf(header);
    if (piece === undefined || payload.length <= WIRE.chunk_bytes) {
      this.#waiting.push({ header, payload });
      return;
    }
    const rest = splitMessage<CellMessage, CellMessage>(header, payload, piece);
    this.#waiting.push({ ...rest.next().value!, rest });
  }

  /** The kernel has processed so much. */
  credit(processed: Credit): void {
    this.#window.credit(processed);
  }

  /** The next batch, as whole frames; undefined when nothing may be said now. */
  take(): Uint8Array | undefined {
    while (this.#head < this.#waiting.length && this.#writer.bytes < WIRE.batch_bytes) {
      const { header, payload, rest } = this.#waiting[this.#head]!;
      const cost = creditCost(header.t, payload.length)!;
      if (!this.#window.hasRoom(cost)) break;
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
}

/** What continues such a message; undefined for those that go in one frame whatever their size. */
function pieceOf(header: CellMessage): CellMessage | undefined {
  switch (header.t) {
    case "call":
    case "reply":
    case "vetted":
    case "state":
      return { t: "piece", of: header.t, id: header.id };
    default:
      return undefined;
  }
}
