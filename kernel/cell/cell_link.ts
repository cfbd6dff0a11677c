/** The kernel's end of one link: bytes to messages, bounds, credit. What comes in is a rumour until parsed; a lie ends the link. */
import { WIRE } from "../contract/limits.ts";
import type { Connection } from "../contract/powers.ts";
import type { CellMessage, KernelMessage, Payload } from "../contract/wire.ts";
import { FrameReader } from "../primitives/frame_codec.ts";
import { parseCellMessage } from "../primitives/parse_cell_message.ts";
import { creditCost, ReceiveWindow } from "../primitives/window.ts";
import { LinkSender } from "./link_sender.ts";

export interface LinkListener {
  message(message: CellMessage, payload: Payload): void;
  /** Called once. `violation`: what the cell did that no honest shell does. */
  closed(violation: string | undefined): void;
}

const READ_BYTES = 65_536;
/** A cell with more than this to read is to read before it says more; what it is owed for others' calls has room above. */
const UNREAD_BYTES = WIRE.queue_bytes / 2;

export class CellLink {
  readonly #connection: Connection;
  readonly #reader = new FrameReader({ proven: false });
  readonly #window = new ReceiveWindow();
  readonly #sender: LinkSender;
  #listener: LinkListener;
  #closed = false;

  constructor(connection: Connection, listener: LinkListener) {
    this.#connection = connection;
    this.#listener = listener;
    this.#sender = new LinkSender(connection, { broken: () => this.close(), moved: () => this.#giveCredit() });
    void this.#read();
  }

  /** The proof was right: larger frames may come, and someone else listens. */
  proven(listener: LinkListener): void {
    this.#reader.proven = true;
    this.#listener = listener;
  }

  send(message: KernelMessage, payload?: Payload): void {
    this.#sender.send(message, payload);
  }
  get closed(): boolean {
    return this.#closed;
  }
  /** All that was said has been taken by the system. */
  get idle(): boolean {
    return this.#closed || this.#sender.idle;
  }
  get queued_bytes(): number {
    return this.#sender.queued_bytes;
  }

  close(violation?: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sender.close();
    this.#connection.close();
    this.#listener.closed(violation);
  }

  async #read(): Promise<void> {
    let buffer = new Uint8Array(READ_BYTES);
    try {
      while (!this.#closed) {
        const count = await this.#connection.read(buffer);
        if (count === null) break;
        const violation = this.#takeOrFail(buffer.subarray(0, count));
        if (this.#reader.holds_chunk) buffer = new Uint8Array(READ_BYTES);
        if (violation !== undefined) return this.close(violation);
      }
    } catch {
      // a reset is an end like any other
    }
    this.close();
  }

  /** What the kernel itself fails at would otherwise look like a link that broke: its cell would come back and say it again, and nobody would know. */
  #takeOrFail(chunk: Uint8Array): string | undefined {
    try {
      return this.#take(chunk);
    } catch (error) {
      return `the kernel failed at what it said: ${error instanceof Error ? error.stack : error}`;
    }
  }

  #take(chunk: Uint8Array): string | undefined {
    const { messages, violation } = this.#reader.feed(chunk);
    for (const { header, payload } of messages) {
      if (this.#closed) return undefined;
      const message = parseCellMessage(header);
      if (message === undefined) return `a message that is none of the wire's: ${JSON.stringify(header).slice(0, 120)}`;
      const most = mostBytes(message);
      if (payload.length > most) return `a piece of ${payload.length} bytes; it may have ${most}`;
      const cost = creditCost(message.t, payload.length);
      if (cost !== undefined && !this.#window.receive(cost)) return "more messages under way than it had credit for";
      if (message.t === "credit" && this.#reader.proven) this.#sender.credited(message);
      else this.#listener.message(message, payload);
      if (cost !== undefined) this.#window.processed(cost);
    }
    this.#giveCredit();
    return violation;
  }

  /** A cell that says much and reads nothing gets no further credit until it reads: the answers would fill the kernel's memory. */
  #giveCredit(): void {
    if (this.#closed || this.#sender.queued_bytes > UNREAD_BYTES) return;
    const credit = this.#window.takeCredit();
    if (credit !== undefined) this.#sender.send({ t: "credit", ...credit });
  }
}

/** What passes through in one frame; all else the kernel cuts into pieces where it has to, or reads itself. */
function mostBytes(message: CellMessage): number {
  switch (message.t) {
    case "items": // a batch that was not full, and one item more
    case "end":
      return WIRE.item_bytes + WIRE.chunk_bytes;
    case "call":
    case "reply":
      return message.more ? WIRE.chunk_bytes : Infinity;
    default:
      return message.t === "piece" ? WIRE.chunk_bytes : Infinity;
  }
}
