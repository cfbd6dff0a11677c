/**
 * The credits of a link, the same for both directions and both ends. A message costs its payload's bytes plus 64, and one of
 * WIRE.window_messages. A sender may have at most WIRE.window_bytes and WIRE.window_messages under way that the receiver has not
 * credited; what does not fit waits at the sender, in order. The receiver returns what it has processed in one `credit`, at the end of a turn of the loop in which that is worth a message.
 * The messages of FREE_OF_CREDIT cost nothing and overtake what waits: without them a full window could never open again.
 * A piece of a large message is a message of its own. A credit for more than is under way is cut: a lie widens no window.
 */
import { WIRE } from "../contract/limits.ts";

/** What one message costs beyond its payload: routing it is not free. */
export const MESSAGE_COST_BYTES = 64;

/** Message types that need no credit. */
export const FREE_OF_CREDIT: ReadonlySet<string> = new Set([
  "attach",
  "nonce",
  "welcome",
  "credit",
  "ack",
  "ask",
  "newer",
  "bye",
  "dying",
]);

/** Bytes and messages, as counted by both ends. */
export interface Credit {
  readonly bytes: number;
  readonly messages: number;
}

/** What the message costs; undefined when it is free. */
export function creditCost(type: string, payload_bytes: number): Credit | undefined {
  return FREE_OF_CREDIT.has(type) ? undefined : { bytes: payload_bytes + MESSAGE_COST_BYTES, messages: 1 };
}

/** The size of a link's window; tests make small ones. */
export const LINK_WINDOW: Credit = Object.freeze({ bytes: WIRE.window_bytes, messages: WIRE.window_messages });

/** The sender's end: what is under way on one link in one direction. */
export class SendWindow {
  readonly #size: Credit;
  #bytes = 0;
  #messages = 0;
  constructor(size: Credit = LINK_WINDOW) {
    this.#size = size;
  }
  /** Whether the message may be sent now. One that is larger than the whole window may, when nothing else is under way. */
  hasRoom(cost: Credit): boolean {
    if (this.#messages === 0) return true;
    return this.#bytes + cost.bytes <= this.#size.bytes && this.#messages + cost.messages <= this.#size.messages;
  }
  /** Counts a message that is being sent. */
  take(cost: Credit): void {
    this.#bytes += cost.bytes;
    this.#messages += cost.messages;
  }
  /** The receiver has processed so much. */
  credit(processed: Credit): void {
    this.#bytes = Math.max(0, this.#bytes - Math.max(0, processed.bytes));
    this.#messages = Math.max(0, this.#messages - Math.max(0, processed.messages));
    if (this.#messages === 0) this.#bytes = 0;
  }
}

/** The receiver's end: what has come in, what was processed and is not yet credited. */
export class ReceiveWindow {
  readonly #size: Credit;
  #held: { bytes: number; messages: number } = { bytes: 0, messages: 0 };
  #owed: { bytes: number; messages: number } = { bytes: 0, messages: 0 };
  constructor(size: Credit = LINK_WINDOW) {
    this.#size = size;
  }
  /** Counts a message that came in; false when the sender has sent more than its window allows. */
  receive(cost: Credit): boolean {
    const alone = this.#held.messages === 0;
    this.#held.bytes += cost.bytes;
    this.#held.messages += cost.messages;
    return alone || (this.#held.bytes <= this.#size.bytes && this.#held.messages <= this.#size.messages);
  }
  /** The message has been processed: it is credited at the end of the turn. */
  processed(cost: Credit): void {
    this.#owed.bytes += cost.bytes;
    this.#owed.messages += cost.messages;
  }
  /**
   * What to say in this turn's `credit`; undefined when it is not worth a message: below a quarter of the window the sender has room for any message
   * there is, and every word wakes a process.
   */
  takeCredit(): Credit | undefined {
    const { bytes, messages } = this.#owed;
    if (messages * 4 < this.#size.messages && bytes * 4 < this.#size.bytes) return undefined;
    const credit = this.#owed;
    this.#held.bytes -= credit.bytes;
    this.#held.messages -= credit.messages;
    this.#owed = { bytes: 0, messages: 0 };
    return credit;
  }
}
