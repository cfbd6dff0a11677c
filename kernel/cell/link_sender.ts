/** The kernel's writing end of one link: what is said in one turn of the loop, or while a write is under way, leaves as one batch. */
import type { Connection } from "../contract/powers.ts";
import type { KernelMessage, Payload } from "../contract/wire.ts";
import { EARLY_MESSAGES, LinkOutbox } from "../primitives/link_outbox.ts";
import { writeKernelHeader } from "../primitives/short_headers.ts";
import type { Credit } from "../primitives/window.ts";

/** What the link hears of its writing end. */
export interface SenderEvents {
  /** A write failed; called once. */
  readonly broken: () => void;
  /** What is to be written next is being collected: less waits than did. May send. */
  readonly moved: () => void;
}

export class LinkSender {
  readonly #connection: Connection;
  readonly #events: SenderEvents;
  readonly #outbox = new LinkOutbox<KernelMessage>(writeKernelHeader);
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
    return this.#outbox.queued_bytes;
  }

  /** All that was said has been taken by the system. */
  get idle(): boolean {
    return !this.#writing && !this.#scheduled && this.#outbox.queued_bytes === 0;
  }

  send(header: KernelMessage, payload?: Payload): void {
    if (this.#closed) return;
    this.#outbox.push(header, payload);
    if (++this.#said >= EARLY_MESSAGES) void this.#write();
    else this.#schedule();
  }

  /** The cell has processed so much of what it was sent. */
  credited(credit: Credit): void {
    this.#outbox.credit(credit);
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
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
        this.#events.moved();
        const bytes = this.#outbox.take();
        if (bytes === undefined || this.#closed) return;
        await this.#connection.write(bytes);
      }
    } catch {
      if (!this.#closed) this.#events.broken();
    } finally {
      this.#writing = false;
    }
  }
}
