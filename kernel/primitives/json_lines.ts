import { GrowingBytes } from "./growing_bytes.ts";

/** One line: its value, or why it is none. */
export type JsonLine = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

const NEWLINE = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A value as one line with its end. Throws what JSON.stringify throws; undefined and functions are no values. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/**
 * Bytes in, values out, one for each line. A bad line is a value too, and the next one is read as ever; one above `most_bytes` is refused when it
 * exceeds them, and skipped to its end. Each byte is touched once. Empty lines are passed over.
 */
export class JsonLines {
  readonly #most_bytes: number;
  #begun = new GrowingBytes();
  #skipping = false;

  constructor(most_bytes: number) {
    this.#most_bytes = most_bytes;
  }

  feed(chunk: Uint8Array): JsonLine[] {
    const lines: JsonLine[] = [];
    let at = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, at);
      this.#take(chunk.subarray(at, end === -1 ? chunk.length : end), end !== -1, lines);
      if (end === -1) return lines;
      at = end + 1;
    }
  }

  /** The stream has ended: a last line without its end counts. */
  end(): JsonLine[] {
    const lines: JsonLine[] = [];
    this.#take(new Uint8Array(0), true, lines);
    return lines;
  }

  #take(part: Uint8Array, whole: boolean, lines: JsonLine[]): void {
    if (this.#skipping) {
      this.#skipping = !whole;
      return;
    }
    if (this.#begun.length + part.length > this.#most_bytes) {
      this.#begun = new GrowingBytes();
      this.#skipping = !whole;
      lines.push({ ok: false, why: `a line of more than ${this.#most_bytes} bytes` });
      return;
    }
    if (!whole) return this.#begun.append(part);
    if (this.#begun.length > 0) {
      this.#begun.append(part);
      part = this.#begun.take();
    }
    if (part.length > 0) lines.push(readLine(part));
  }
}

function readLine(bytes: Uint8Array): JsonLine {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { ok: false, why: "a line that is not UTF-8" };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, why: "a line that is not JSON" };
  }
}
