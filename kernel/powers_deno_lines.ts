/** Text to pipes that are read at somebody else's pace, and the JSON lines to and from the watchdog. */
import type { LineChannel } from "./contract/powers.ts";
import { jsonLine, JsonLines } from "./primitives/json_lines.ts";

/** The largest line is a state handed over. */
const LINE_BYTES = 67_108_864;

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

/** Messages of the watchdog. A line that is no JSON is told to `strange` and passed over: what follows it is as good as ever, and a kernel that died of it would serve nobody. */
export function lineChannel(
  from: ReadableStream<Uint8Array>,
  to: PipeWriter,
  strange: (why: string) => void,
): LineChannel {
  // One iterator for all: who reads on gets what the former reader left, and one who stops early closes nothing.
  const read = values(from, strange);
  const messages: AsyncIterator<unknown> = { next: () => read.next() };
  return {
    send: (message) => to.write(jsonLine(message)),
    messages: () => ({ [Symbol.asyncIterator]: () => messages }),
    flush: to.flush,
  };
}

async function* values(
  from: ReadableStream<Uint8Array>,
  strange: (why: string) => void,
): AsyncGenerator<unknown, undefined> {
  const lines = new JsonLines(LINE_BYTES);
  for await (const chunk of from) {
    for (const line of lines.feed(chunk)) {
      if (line.ok) yield line.value;
      else strange(line.why);
    }
  }
}
