/** Text to pipes that are read at somebody else's pace, and the JSON lines to and from the watchdog. */
import type { LineChannel } from "./contract/powers.ts";

export interface PipeWriter {
  /** In order, one write at a time. Never waits, never throws. */
  write(text: string): void;
  /** Resolves when everything written has been taken, or can't be any more. */
  flush(): Promise<void>;
}

/** Beyond `most_waiting` bytes not taken, what comes is dropped. */
export function pipeWriter(to: WritableStream<Uint8Array>, most_waiting: number): PipeWriter {
  const writer = to.getWriter();
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  return {
    write: (text) => {
      if (waiting > most_waiting) return;
      const bytes = new TextEncoder().encode(text);
      waiting += bytes.length;
      // The reader is gone: nobody is left to tell.
      last = writer.write(bytes).catch(() => {}).then(() => void (waiting -= bytes.length));
    },
    flush: () => last,
  };
}

/** Messages of the watchdog, who is trusted to keep to the form: a line that is no JSON is a defect and throws. */
export function lineChannel(from: ReadableStream<Uint8Array>, to: PipeWriter): LineChannel {
  const lines = textLines(from);
  // One iterator for all: who reads on gets what the former reader left, and one who stops early closes nothing.
  const messages: AsyncIterator<unknown> = {
    next: async () => {
      const { done, value } = await lines.next();
      return done ? { done, value: undefined } : { done: false, value: JSON.parse(value) as unknown };
    },
  };
  return {
    send: (message) => to.write(JSON.stringify(message) + "\n"),
    messages: () => ({ [Symbol.asyncIterator]: () => messages }),
    flush: to.flush,
  };
}

async function* textLines(from: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  let begun: string[] = [];
  // Typed by hand, since the two declarations of bytes differ in their buffer only.
  const decoder = new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>;
  for await (const text of from.pipeThrough(decoder)) {
    const [first = "", ...others] = text.split("\n");
    begun.push(first);
    for (const next of others) {
      yield begun.join("");
      begun = [next];
    }
  }
}
