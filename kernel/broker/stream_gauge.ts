/**
 * How far one stream has come: what its reader has asked for, what its producer has told. Neither may go further than the other lets it, whatever the shells
 * say: else one end fills the memory of the other, and of all who stand between.
 */
import { WIRE } from "../contract/limits.ts";
import type { StreamWord } from "../contract/wire.ts";

/** `again`: it says nothing new. `beyond`: no honest shell says so. */
export type Gauged = "new" | "again" | "beyond";

export class StreamGauge {
  #asked = 0;
  #asked_bytes = 0;
  #told = 0;
  #told_bytes = 0;
  #ended = false;
  #stopped = false;

  /** A word of either end, and the length of what it carries. */
  take(word: StreamWord, length: number): Gauged {
    switch (word.t) {
      case "pull":
        return this.#ask(word.upto, word.bytes);
      case "items":
        return this.#tell(word.count, length);
      case "end": {
        const again = this.#ended;
        this.#ended = true;
        return again ? "again" : "new";
      }
      case "stop": {
        const again = this.#stopped;
        this.#stopped = true;
        return again ? "again" : "new";
      }
    }
  }

  #ask(upto: number, bytes: number): Gauged {
    if (upto > this.#told + WIRE.items_ahead || bytes > this.#told_bytes + WIRE.items_ahead_bytes) return "beyond";
    if (this.#ended || (upto <= this.#asked && bytes <= this.#asked_bytes)) return "again";
    this.#asked = Math.max(this.#asked, upto);
    this.#asked_bytes = Math.max(this.#asked_bytes, bytes);
    return "new";
  }

  /** The last item may go beyond the bytes that were asked for. */
  #tell(count: number, bytes: number): Gauged {
    if (this.#ended) return "again";
    this.#told += count;
    this.#told_bytes += bytes;
    const fits = this.#told <= this.#asked && this.#told_bytes <= this.#asked_bytes + WIRE.item_bytes;
    return fits ? "new" : "beyond";
  }
}
