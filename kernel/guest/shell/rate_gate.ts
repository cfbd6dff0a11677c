/**
 * What a module may say in a second: beyond limits.messages_per_s and limits.bytes_per_s its words wait here, in order, until there is room again. A
 * rate is no fault: who says too much is slowed down, since what it waits for comes later.
 *
 * A bucket for each of the two: full at first, filled at the rate, never above one second's worth. A word may go while neither is empty, so one that is larger
 * than a second's bytes goes too, and those behind it wait longer.
 */
import type { Limits } from "../../contract/limits.ts";

type Rates = Pick<Limits, "messages_per_s" | "bytes_per_s">;
type Rate = keyof Rates;

/** A limit that made words wait: what they ask for within a second. */
export interface Slowed {
  readonly limit: Rate;
  readonly found: number;
  readonly allowed: number;
}

export class RateGate<W> {
  readonly #rates: Rates;
  #messages: number;
  #bytes: number;
  #filled_at: number;
  #waiting: { readonly word: W; readonly bytes: number }[] = [];
  #head = 0;
  #waiting_bytes = 0;

  constructor(rates: Rates, now: number) {
    this.#rates = rates;
    this.#messages = rates.messages_per_s;
    this.#bytes = rates.bytes_per_s;
    this.#filled_at = now;
  }

  /** Whether words wait. */
  get waits(): boolean {
    return this.#waiting.length > 0;
  }
  /** Their payloads' bytes. */
  get waiting_bytes(): number {
    return this.#waiting_bytes;
  }

  /** Whether a word of so many bytes may go now. One that may not has to wait, with all that follow. While the bucket is nearly full nobody asks the clock. */
  pass(bytes: number, now: () => number): boolean {
    if (this.waits) return false;
    const { messages_per_s, bytes_per_s } = this.#rates;
    if (this.#messages < messages_per_s * FULL || this.#bytes - bytes < bytes_per_s * FULL) {
      this.#fill(now());
      if (!this.#hasRoom()) return false;
    }
    this.#take(bytes);
    return true;
  }

  wait(word: W, bytes: number): void {
    this.#waiting.push({ word, bytes });
    this.#waiting_bytes += bytes;
  }

  /** Words that may go now, in order. */
  *release(now: number): Generator<W> {
    this.#fill(now);
    while (this.#head < this.#waiting.length && this.#hasRoom()) {
      const { word, bytes } = this.#waiting[this.#head++]!;
      this.#waiting_bytes -= bytes;
      this.#take(bytes);
      yield word;
    }
    if (this.#head < this.#waiting.length && this.#head < CUT_AT) return;
    this.#waiting.splice(0, this.#head);
    this.#head = 0;
  }

  /** Milliseconds until the next one may go. */
  pause(): number {
    const { messages_per_s, bytes_per_s } = this.#rates;
    const messages = Math.max(0, 1 - this.#messages) / messages_per_s;
    const bytes = Math.max(0, 1 - this.#bytes) / bytes_per_s;
    return Math.max(LEAST_PAUSE_MS, Math.ceil(Math.max(messages, bytes) * 1_000));
  }

  /** Why they wait. */
  slowed(): Slowed {
    const { messages_per_s, bytes_per_s } = this.#rates;
    return this.#messages < 1
      ? { limit: "messages_per_s", found: messages_per_s + this.#waiting.length - this.#head, allowed: messages_per_s }
      : { limit: "bytes_per_s", found: bytes_per_s + this.#waiting_bytes, allowed: bytes_per_s };
  }

  #hasRoom(): boolean {
    return this.#messages >= 1 && this.#bytes >= 1;
  }
  #take(bytes: number): void {
    this.#messages--;
    this.#bytes -= bytes;
  }
  #fill(now: number): void {
    const seconds = (now - this.#filled_at) / 1_000;
    this.#filled_at = now;
    const { messages_per_s, bytes_per_s } = this.#rates;
    this.#messages = Math.min(messages_per_s, this.#messages + seconds * messages_per_s);
    this.#bytes = Math.min(bytes_per_s, this.#bytes + seconds * bytes_per_s);
  }
}

/** A bucket that is as full as this counts as full: what it might gain meanwhile is that little. */
const FULL = 15 / 16;
/** The read part of what waits is cut off when it has grown to so many. */
const CUT_AT = 1_024;
/** A wake-up costs more than some words. */
const LEAST_PAUSE_MS = 5;
