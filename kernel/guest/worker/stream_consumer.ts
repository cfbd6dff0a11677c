/** The consuming end of a stream over a call: what module code iterates over. Whoever stops half-way, or drops it, frees the other end. */
import { type Fault, fault, FaultError } from "../../contract/fault.ts";
import type { Payload } from "../../contract/wire.ts";
import { decodeValue } from "../../primitives/value_codec.ts";
import { STREAM } from "./stream_bounds.ts";

/** Where a consumer's words go. */
export interface ConsumerVoice {
  pull(upto: number, bytes: number): void;
  stop(): void;
}

type Waiting = {
  readonly resolve: (result: IteratorResult<unknown>) => void;
  readonly reject: (error: unknown) => void;
};

const DONE = Object.freeze({ done: true as const, value: undefined });
const { Promise: NativePromise } = globalThis;

/** What the host keeps of it; the module's own end (StreamReader) can be collected meanwhile. */
export class StreamConsumer {
  readonly #voice: ConsumerVoice;
  #items: unknown[] = [];
  #at = 0;
  #waiting: Waiting[] = [];
  #taken = 0;
  /** Of batches that came and are not read to their end: after how many items in all, and their bytes. */
  #batches: { readonly ends: number; readonly bytes: number }[] = [];
  #arrived = 0;
  #read_bytes = 0;
  #upto = 0;
  #upto_bytes = 0;
  #state: "open" | "ending" | "over" = "open";
  #why: unknown;

  constructor(voice: ConsumerVoice) {
    this.#voice = voice;
  }

  get over(): boolean {
    return this.#state === "over";
  }

  items(payload: Payload, count: number): void {
    if (this.#state !== "open") return;
    const decoded = decodeValue(payload);
    if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== count) {
      this.#voice.stop();
      return this.end(fault("internal", "a stream brought what is no list of items"));
    }
    this.#arrived += count;
    this.#batches.push({ ends: this.#arrived, bytes: payload.length });
    if (this.#at === this.#items.length) {
      this.#items = decoded.value as unknown[];
      this.#at = 0;
    } else this.#items.push(...decoded.value as unknown[]);
    while (this.#waiting.length > 0 && this.#at < this.#items.length) this.#waiting.shift()!.resolve(this.#take());
    this.#pull();
  }

  /** The producer has ended; what came before is read first. `error`: thrown as it is, for an abort. */
  end(why: Fault | undefined, error?: unknown): void {
    if (this.#state !== "open") return;
    this.#state = "ending";
    this.#why = error ?? (why && new FaultError(why));
    if (error !== undefined) this.#at = this.#items.length;
    // Without anybody who waits, the next one who asks is told why.
    if (this.#at === this.#items.length && (this.#waiting.length > 0 || this.#why === undefined)) this.#finish();
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#at < this.#items.length) {
      const result = this.#take();
      this.#pull();
      return NativePromise.resolve(result);
    }
    if (this.#state === "over") return NativePromise.resolve(DONE);
    if (this.#state === "ending") {
      const why = this.#why;
      this.#finish();
      return why === undefined ? NativePromise.resolve(DONE) : NativePromise.reject(why);
    }
    return new NativePromise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#pull();
    });
  }

  /** Nobody reads on. */
  stop(): void {
    if (this.#state === "open") this.#voice.stop();
    this.#why = undefined;
    this.#finish();
  }

  #take(): IteratorResult<unknown> {
    const value = this.#items[this.#at];
    this.#items[this.#at++] = undefined;
    this.#taken++;
    if (this.#taken === this.#batches[0]?.ends) this.#read_bytes += this.#batches.shift()!.bytes;
    if (this.#at === this.#items.length) {
      this.#items = [];
      this.#at = 0;
    }
    return { done: false, value };
  }

  /** Grants the next window when half of the last one is used up. Bytes are those of whole batches: one counts as read with its last item. */
  #pull(): void {
    if (this.#state !== "open") return;
    const items_left = this.#upto - this.#taken;
    const bytes_left = this.#upto_bytes - this.#read_bytes;
    if (this.#upto > 0 && items_left > STREAM.items / 2 && bytes_left > STREAM.bytes / 2) return;
    const upto = this.#taken + STREAM.items;
    const bytes = this.#read_bytes + STREAM.bytes;
    if (upto === this.#upto && bytes === this.#upto_bytes) return;
    this.#upto = upto;
    this.#upto_bytes = bytes;
    this.#voice.pull(upto, bytes);
  }

  #finish(): void {
    this.#state = "over";
    this.#items = [];
    this.#at = 0;
    const [first, ...rest] = this.#waiting.splice(0);
    if (first === undefined) return;
    if (this.#why === undefined) first.resolve(DONE);
    else first.reject(this.#why);
    this.#why = undefined;
    for (const { resolve } of rest) resolve(DONE);
  }
}

/** A stream as module code sees it: an async iterable that can be read once. */
export class StreamReader implements AsyncIterableIterator<unknown>, AsyncDisposable {
  readonly #consumer: StreamConsumer;

  constructor(consumer: StreamConsumer) {
    this.#consumer = consumer;
    Object.freeze(this);
  }
  next(): Promise<IteratorResult<unknown>> {
    return this.#consumer.next();
  }
  return(value?: unknown): Promise<IteratorResult<unknown>> {
    this.#consumer.stop();
    return NativePromise.resolve({ done: true, value });
  }
  throw(error?: unknown): Promise<IteratorResult<unknown>> {
    this.#consumer.stop();
    return NativePromise.reject(error);
  }
  [Symbol.asyncIterator](): this {
    return this;
  }
  [Symbol.asyncDispose](): Promise<void> {
    this.#consumer.stop();
    return NativePromise.resolve();
  }
}
