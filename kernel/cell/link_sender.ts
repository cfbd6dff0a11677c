/**
 * The kernel's writing end of one link. What is said in one turn of the loop, or while a write is under way, leaves as one batch; large
 * messages go piece by piece, so that small ones pass between; what exceeds the cell's credit waits here.
 */
import { NO_PAYLOAD } from "../primitives/payload.ts";
import { WIRE } from "../contract/limits.ts";
import type { Connection } from "../contract/powers.ts";
import type { KernelMessage, Payload, PieceOf } from "../contract/wire.ts";
import { FrameWriter } from "../primitives/frame_codec.ts";
import { writeKernelHeader } from "../primitives/short_headers.ts";
import { splitMessage } from "../primitives/split_message.ts";
import { type Credit, creditCost, MESSAGE_COST_BYTES, SendWindow } from "../primitives/window.ts";

interface Waiting {
  readonly header: KernelMessage;
  readonly payload: Payload;
  readonly rest?: Iterator<{ header: KernelMessage; payload: Payload }>;
}

/** So many leave although the turn goes on: the cell begins with them meanwhile. */
const EARLY_MESSAGES = 64;

/** What the link hears of its writing end. */
export interface SenderEvents {
  /** A write failed; called once. */
  readonly broken: () => void;
  /** Something that waited is on its way. May send. */
  readonly moved: () => void;
}

export class LinkSender {
  readonly #connection: Connection;
  readonly #events: SenderEvents;
  readonly #writer = new FrameWriter<KernelMessage>(writeKernelHeader);
  readonly #window = new SendWindow();
  #waiting: Waiting[] = [];
  #head = 0;
  #queued_bytes = 0;
  #scheduled = false;
  /** Messages since the last write. */
  #said = 0;
  #writing = false;
  #closed = false;

  constructor(connection: Connection, events: SenderEvents) {
    this.#connection = connection;
    this.#events = events;
  }

  /** Bytes that wait for credit or for the socket. */
  get queued_bytes(): number {
    return this.#queued_bytes + this.#writer.bytes;
  }

  send(header: KernelMessage, payload: Payload = NO_PAYLOAD): void {
    if (this.#closed) return;
    if (creditCost(header.t, 0) === undefined) this.#writer.push(header, payload); // free: overtakes what waits
    else this.#enqueue(header, payload);
    if (++this.#said >= EARLY_MESSAGES) void this.#write();
    else this.#schedule();
  }

  /** The cell has processed so much of what it was sent. */
  credited(credit: Credit): void {
    this.#window.credit(credit);
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#head = 0;
  }

  #enqueue(header: KernelMessage, payload: Payload): void {
    this.#queued_bytes += payload.length + MESSAGE_COST_BYTES;
    const piece = pieceOf(header);
    if (piece === undefined || payload.length <= WIRE.chunk_bytes) {
      this.#waiting.push({ header, payload });
      return;
    }
    const pieces = splitMessage<KernelMessage, KernelMessage>(header, payload, piece);
    const first = pieces.next().value!;
    this.#waiting.push({ header: first.header, payload: first.payload, rest: pieces });
  }

  #schedule(): void {
    if (this.#scheduled || this.#writing || this.#closed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      void this.#write();
    });
  }

  async #write(): Promise<void> {
    if (this.#writing || this.#closed) return;
    this.#writing = true;
    this.#said = 0;
    try {
      for (;;) {
        this.#fill();
        this.#events.moved();
        const bytes = this.#writer.take();
        if (bytes === undefined || this.#closed) return;
        await this.#connection.write(bytes);
      }
    } catch {
      if (!this.#closed) this.#events.broken();
    } finally {
      this.#writing = false;
    }
  }

  /** Moves what the window admits into this batch. */
  #fill(): void {
    while (this.#head < this.#waiting.length && this.#writer.bytes < WIRE.batch_bytes) {
      const { header, payload, rest } = this.#waiting[this.#head]!;
      const cost = creditCost(header.t, payload.length)!;
      if (!this.#window.hasRoom(cost)) break;
      this.#window.take(cost);
      this.#writer.push(header, payload);
      this.#head++;
      const next = rest?.next();
      if (next !== undefined && !next.done) this.#waiting.push({ ...next.value, rest: rest! });
      else this.#queued_bytes -= MESSAGE_COST_BYTES;
      this.#queued_bytes -= payload.length;
    }
    if (this.#head > 1024 || this.#head === this.#waiting.length) {
      this.#waiting.splice(0, this.#head);
      this.#head = 0;
    }
  }
}

/** What the pieces after the first one say; undefined for what goes in one frame whatever its size. */
function pieceOf(header: KernelMessage): KernelMessage | undefined {
  if (header.t === "piece") return header;
  if (
    header.t === "call" || header.t === "reply" || header.t === "load" || header.t === "import" || header.t === "vet"
  ) {
    // A first piece that is cut again goes on with the others'.
    const more = "more" in header && header.more === true && { more: true as const };
    return { t: "piece", of: header.t satisfies PieceOf, id: header.id, ...more };
  }
  return undefined;
}
