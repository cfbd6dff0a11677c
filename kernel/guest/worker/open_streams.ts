/** All streams of this Worker that are not at their end: which word of the port is for which of them. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { CallEnd } from "../../contract/wire.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import type { PortStreamWord } from "../port.ts";
import { readFault } from "./read_reply.ts";
import { faultOfError } from "./fault_of_error.ts";
import type { Outbox } from "./outbox.ts";
import { SafeMap } from "./primordials.ts";
import { StreamConsumer, StreamReader } from "./stream_consumer.ts";
import { StreamProducer } from "./stream_producer.ts";

/** A stream was stopped and has not come to its end: what comes back is called when it has. */
export type Lingers = () => () => void;
const UNCOUNTED: Lingers = () => () => {};

/** The streams of one call at one of its ends. */
export interface CallStreams {
  /** Tells these, each when its consumer pulls; `ended` when the last one is at its end. `lingers` hears of each that runs on when it was stopped. */
  produce(iterables: readonly AsyncIterable<unknown>[], ended: () => void, lingers?: Lingers): void;
  /** What module code reads of the other end's stream with that number, the same for the same number; undefined beyond `count`. */
  consume(no: number, count: number): StreamReader | undefined;
  /** The call is over: what is still read ends with `why` (or `error` as it is), what is still told is stopped. */
  close(why: Fault | undefined, error?: unknown): void;
  /** How many of those that are read are not at their end. */
  readonly reading: number;
}

export interface OpenStreams {
  /** The streams of a call, made when it has some. */
  of(at: CallEnd, id: number): CallStreams;
  has(at: CallEnd, id: number): boolean;
  /** A word of the shell about a stream. */
  word(word: PortStreamWord): void;
  readonly count: () => number;
}

interface Entry {
  readonly producers: (StreamProducer | undefined)[];
  readonly consumers: SafeMap<number, StreamConsumer>;
  readonly readers: SafeMap<number, WeakRef<StreamReader>>;
  ended: () => void;
  telling: number;
}

const { WeakRef: NativeWeakRef, FinalizationRegistry: NativeRegistry } = globalThis;

export function openStreams(outbox: Outbox): OpenStreams {
  const entries = new SafeMap<number, Entry>();
  let open = 0;
  /** A reader that nobody holds any more reads no further. */
  const dropped = new NativeRegistry<StreamConsumer>((consumer) => consumer.stop());

  const keyOf = (at: CallEnd, id: number) => at === "caller" ? id : -id;

  function entryOf(at: CallEnd, id: number): Entry {
    const key = keyOf(at, id);
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { producers: [], consumers: new SafeMap(), readers: new SafeMap(), ended: () => {}, telling: 0 };
      entries.set(key, entry);
    }
    return entry;
  }
  function tidy(at: CallEnd, id: number, entry: Entry): void {
    if (entry.telling === 0 && entry.consumers.size === 0) entries.delete(keyOf(at, id));
  }

  function produce(
    at: CallEnd,
    id: number,
    iterables: readonly AsyncIterable<unknown>[],
    ended: () => void,
    lingers: Lingers,
  ): void {
    const entry = entryOf(at, id);
    entry.ended = ended;
    for (let no = 0; no < iterables.length; no++) {
      entry.telling++;
      open++;
      entry.producers[no] = new StreamProducer(iterables[no]!, {
        items: (payload, count) => outbox.post({ t: "items", at, id, no, count, payload }),
        end(why) {
          const told = why && encodeValue(why, "fault");
          const payload = told?.ok ? told.value : "";
          outbox.post({ t: "end", at, id, no, payload, ...(why && { code: why.code }) });
          entry.producers[no] = undefined;
          open--;
          if (--entry.telling === 0) entry.ended();
          tidy(at, id, entry);
        },
        lingers,
        faultOf: (error) => faultOfError(error).fault,
      });
    }
  }

  function consume(at: CallEnd, id: number, no: number, count: number): StreamReader | undefined {
    if (no >= count) return undefined;
    const entry = entryOf(at, id);
    const known = entry.readers.get(no)?.deref();
    if (known !== undefined) return known;
    const consumer = new StreamConsumer({
      pull: (upto, bytes) => outbox.post({ t: "pull", at, id, no, upto, bytes }),
      stop() {
        outbox.post({ t: "stop", at, id, no });
        forget(at, id, no, entry);
      },
    });
    open++;
    entry.consumers.set(no, consumer);
    const reader = new StreamReader(consumer);
    entry.readers.set(no, new NativeWeakRef(reader));
    dropped.register(reader, consumer);
    return reader;
  }
  function forget(at: CallEnd, id: number, no: number, entry: Entry): void {
    if (entry.consumers.delete(no)) open--;
    tidy(at, id, entry);
  }

  return {
    of: (at, id) => ({
      produce: (iterables, ended, lingers = UNCOUNTED) => produce(at, id, iterables, ended, lingers),
      consume: (no, count) => consume(at, id, no, count),
      close(why, error) {
        const entry = entries.get(keyOf(at, id));
        if (entry === undefined) return;
        entry.consumers.forEach((consumer, no) => {
          consumer.end(why ?? fault("cancelled", "the call that this stream belongs to is over"), error);
          forget(at, id, no, entry);
        });
        for (const producer of [...entry.producers]) producer?.stop();
        entries.delete(keyOf(at, id));
      },
      get reading() {
        return entries.get(keyOf(at, id))?.consumers.size ?? 0;
      },
    }),
    has: (at, id) => entries.has(keyOf(at, id)),
    word(word) {
      const { at, id, no } = word;
      const entry = entries.get(keyOf(at, id));
      if (entry === undefined) return;
      switch (word.t) {
        case "items":
          return entry.consumers.get(no)?.items(word.payload, word.count);
        case "end": {
          const consumer = entry.consumers.get(no);
          consumer?.end(word.code === undefined ? undefined : readFault(word.code, word.payload));
          return forget(at, id, no, entry);
        }
        case "pull":
          return entry.producers[no]?.pull(word.upto, word.bytes);
        case "stop":
          return entry.producers[no]?.stop();
      }
    },
    count: () => open,
  };
}
