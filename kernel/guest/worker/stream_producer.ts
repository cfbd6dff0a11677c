/** The producing end of a stream over a call: reads an iterable no further than its consumer has pulled, and tells its items in batches. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { Payload } from "../../contract/wire.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import { schedule } from "./primordials.ts";
import { STREAM } from "./stream_bounds.ts";

/** Where a producer's words go. */
export interface ProducerVoice {
  items(payload: Payload, count: number): void;
  /** Once: the stream is over, with a fault when it broke. */
  end(why: Fault | undefined): void;
  /** Its consumer has stopped reading, and the iterable was told so; what comes back is called when it has come to its end. */
  lingers(): () => void;
  /** What the iterable threw, as the fault its consumer gets. */
  faultOf(error: unknown): Fault;
}

/** Microtasks to wait after an item before its batch is told: a generator that has the next one ready gives it within these. */
const QUIET_TURNS = 8;

type Ahead = { done?: boolean; value: unknown };

export class StreamProducer {
  readonly #voice: ProducerVoice;
  #iterator: AsyncIterator<unknown> | undefined;
  /** Why the iterable could not be opened; told with the first pull. */
  #unopened: unknown;
  #texts: string[] = [];
  #text_bytes = 0;
  #sent = 0;
  #sent_bytes = 0;
  #upto = 0;
  #upto_bytes = 0;
  #quiet = 0;
  #settling = false;
  #running = false;
  /** Ends with the last item that the iterable was asked for. */
  #told: Promise<void> | undefined;
  #over = false;
  #pulled: (() => void) | undefined;

  constructor(iterable: AsyncIterable<unknown>, voice: ProducerVoice) {
    this.#voice = voice;
    try {
      this.#iterator = iterable[Symbol.asyncIterator]();
    } catch (error) {
      this.#unopened = error;
    }
  }

  /** The consumer will have taken so many items and bytes in all; with the first pull the iterable begins. */
  pull(upto: number, bytes: number): void {
    this.#upto = upto;
    this.#upto_bytes = bytes;
    if (!this.#running) this.#told = this.#run();
    this.#pulled?.();
  }

  /** Nobody wants more: the iterable is told so, and gets to tidy up. */
  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#pulled?.();
    void this.#linger(this.#voice.lingers());
    this.#voice.end(undefined);
  }

  /** A generator that waits for what does not come hears nothing: it runs on, and nobody knows of it any more. */
  async #linger(over: () => void): Promise<void> {
    await this.#close();
    await this.#told;
    over();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      const iterator = this.#iterator;
      if (iterator === undefined) throw this.#unopened;
      while (!this.#over) {
        if (this.#isAhead()) await this.#nextPull();
        if (this.#over) return;
        const { done, value }: Ahead = await iterator.next();
        if (this.#over) return;
        if (done) return this.#end(undefined);
        const refused = this.#take(value);
        if (refused === undefined) continue;
        this.#end(refused);
        return await this.#close();
      }
    } catch (error) {
      if (!this.#over) this.#end(this.#voice.faultOf(error));
    }
  }

  #isAhead(): boolean {
    return this.#sent >= this.#upto || (this.#sent_bytes >= this.#upto_bytes && this.#sent > 0);
  }

  #nextPull(): Promise<void> {
    this.#flush();
    return new Promise((resolve) => {
      this.#pulled = () => {
        if (!this.#over && this.#isAhead()) return;
        this.#pulled = undefined;
        resolve();
      };
    });
  }

  /** At once, since whoever yields may change the value afterwards. */
  #take(value: unknown): Fault | undefined {
    const encoded = encodeValue([value], "item", { max_bytes: STREAM.item_bytes });
    if (!encoded.ok) return told(encoded.fault, this.#sent);
    const { value: payload } = encoded;
    this.#sent++;
    // As the consumer counts: a batch by its length, in which all but the first item share their brackets.
    this.#sent_bytes += this.#texts.length > 0 && typeof payload === "string" ? payload.length - 1 : payload.length;
    if (typeof payload !== "string") {
      this.#flush();
      this.#voice.items(payload, 1);
      return undefined;
    }
    this.#texts.push(payload.slice(1, -1));
    this.#text_bytes += payload.length;
    this.#quiet = 0;
    if (this.#texts.length >= STREAM.batch_items || this.#text_bytes >= STREAM.batch_bytes) this.#flush();
    else if (!this.#settling) this.#settle();
    return undefined;
  }

  #settle(): void {
    this.#settling = this.#texts.length > 0;
    if (!this.#settling) return;
    if (this.#quiet++ < QUIET_TURNS) return schedule(() => this.#settle());
    this.#settling = false;
    this.#flush();
  }

  #flush(): void {
    const count = this.#texts.length;
    if (count === 0) return;
    const payload = `[${this.#texts.join(",")}]`;
    this.#texts = [];
    this.#text_bytes = 0;
    this.#voice.items(payload, count);
  }

  #end(why: Fault | undefined): void {
    this.#over = true;
    this.#flush();
    this.#voice.end(why);
  }

  async #close(): Promise<void> {
    try {
      await this.#iterator?.return?.();
    } catch {
      // it was told to end, and whatever it says of that has no listener left
    }
  }
}

function told(why: Fault, no: number): Fault {
  const message = why.message.replace(/^item\[0\]/, `item ${no} of the stream`).replace(
    /^item makes/,
    `item ${no} makes`,
  );
  const hint = why.code === "too_large" ? "yield several smaller items in its place" : why.hint;
  return fault(why.code, message, { hint, maybe_ran: true });
}
