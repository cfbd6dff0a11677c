/** What one connection still has to write, in order: the one place where its bytes wait. */
import type { Payload } from "../contract/wire.ts";
import type { ControlAnswer } from "../contract/control.ts";
import { WIRE } from "../contract/limits.ts";
import type { Connection } from "../contract/powers.ts";
import { FrameWriter } from "../primitives/frame_codec.ts";
import { splitMessage } from "../primitives/split_message.ts";

export interface Outgoing {
  readonly header: ControlAnswer;
  readonly payload: Payload;
  /** Asked when its turn comes: an item of a cancelled stream is not written. */
  readonly wanted?: () => boolean;
  /** Called once, when it was written or passed over. */
  readonly taken?: () => void;
}

/** After a failed write it takes everything and writes nothing, so that no sender has to ask. */
export class Outbox {
  #queue: Outgoing[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #broken = false;
  readonly #connection: Connection;
  readonly #onBroken: () => void;

  constructor(connection: Connection, onBroken: () => void) {
    this.#connection = connection;
    this.#onBroken = onBroken;
  }

  /** Bytes of payload that the client has not taken. */
  get bytes(): number {
    return this.#bytes;
  }

  push(message: Outgoing): void {
    if (this.#broken) return message.taken?.();
    this.#queue.push(message);
    this.#bytes += message.payload.length;
    this.#writing ??= this.#write();
  }

  /** Resolves when everything that stood here was written, or can't be any more. */
  async drained(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      await undefined; // what one turn pushes travels in one batch
      while (this.#queue.length > 0) await this.#writeBatch();
    } catch {
      this.#broken = true;
      for (const message of this.#queue.splice(0)) message.taken?.();
      this.#bytes = 0;
      this.#onBroken();
    } finally {
      this.#writing = undefined;
    }
  }

  async #writeBatch(): Promise<void> {
    const writer = new FrameWriter<ControlAnswer>();
    const batch: Outgoing[] = [];
    while (this.#queue.length > 0 && writer.bytes < WIRE.batch_bytes) {
      const message = this.#queue.shift()!;
      batch.push(message);
      if (message.wanted?.() === false) continue;
      const piece: ControlAnswer = { t: "piece", id: message.header.id };
      for (const { header, payload } of splitMessage(message.header, message.payload, piece)) {
        writer.push(header, payload);
      }
    }
    try {
      const bytes = writer.take();
      if (bytes !== undefined) await this.#connection.write(bytes);
    } finally {
      for (const message of batch) {
        this.#bytes -= message.payload.length;
        message.taken?.();
      }
    }
  }
}
