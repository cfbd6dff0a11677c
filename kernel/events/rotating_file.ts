/** A file of lines that is renamed when it has grown: `host.jsonl` → `host.1.jsonl` → …; the oldest goes. */
import type { Appender, Files } from "../contract/powers.ts";
import { RunSerial } from "../primitives/run_serial.ts";

export interface RotatingFileOptions {
  readonly files: Files;
  /** Absolute, with an extension. */
  readonly path: string;
  /** No file grows beyond this, but for one line that is longer. */
  readonly max_bytes: number;
  /** How many renamed files are kept. */
  readonly keep: number;
  /** Lines that wait for the disk; beyond this they are dropped and counted, never the host's memory. */
  readonly max_waiting: number;
}

const utf8 = new TextEncoder();
const NEWLINE = 10;

export class RotatingFile {
  readonly #options: RotatingFileOptions;
  readonly #serial = new RunSerial();
  #appender: Appender | undefined;
  /** The last write may have left half a line: the next one begins anew. */
  #torn = false;
  #waiting: string[] = [];
  #dropped = 0;
  #scheduled = false;
  #closed = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Never waits and never throws: the line is on its way to the disk, in order. After `close` it is dropped. */
  append(line: string): void {
    if (this.#closed || this.#waiting.length >= this.#options.max_waiting) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(line);
    if (this.#scheduled) return;
    this.#scheduled = true;
    void this.#serial.run(() => this.#write());
  }

  /** Resolves when everything appended before has been written or dropped. */
  async flush(): Promise<void> {
    await this.#serial.run(() => this.#write());
  }

  async close(): Promise<void> {
    await this.flush();
    this.#closed = true;
    this.#appender?.close();
    this.#appender = undefined;
  }

  /** Lines that never reached the disk. */
  get dropped(): number {
    return this.#dropped;
  }

  async #write(): Promise<void> {
    this.#scheduled = false;
    const lines = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < lines.length;) {
      let count = lines.length - at;
      try {
        const appender = this.#appender ??= await this.#open();
        const fitting = countFitting(lines, at, this.#options.max_bytes - appender.size);
        if (fitting === 0 && appender.size > 0) {
          await this.#rotate();
          continue;
        }
        count = Math.max(1, fitting);
        const text = lines.slice(at, at + count).join("\n") + "\n";
        const begins_anew = this.#torn ? "\n" : "";
        this.#torn = true;
        await appender.write(begins_anew + text);
        this.#torn = false;
      } catch {
        this.#dropped += count; // a full disk must not stop the host
      }
      at += count;
    }
  }

  /** What a kill in the middle of a write left behind must not swallow the first line of ours. */
  async #open(): Promise<Appender> {
    const { files, path, max_bytes } = this.#options;
    const appender = await files.appender(path);
    if (appender.size > 0) {
      const before = await files.read(path, 2 * max_bytes).catch(() => undefined);
      this.#torn = before?.at(-1) !== NEWLINE;
    }
    return appender;
  }

  /** When the file can't be renamed, the old one is written on: too long a log is better than none. */
  async #rotate(): Promise<void> {
    const { files, path, keep } = this.#options;
    this.#appender?.close();
    this.#appender = undefined;
    const dot = path.lastIndexOf(".");
    const numbered = (n: number) => `${path.slice(0, dot)}.${n}${path.slice(dot)}`;
    await files.remove(numbered(keep)).catch(() => {});
    for (let n = keep - 1; n >= 1; n--) await files.rename(numbered(n), numbered(n + 1)).catch(() => {});
    const renamed = await files.rename(path, numbered(1)).then(() => true, () => false);
    const appender = await files.appender(path);
    this.#torn = false;
    this.#appender = renamed ? appender : overlong(appender);
  }
}

/** How many of the lines from `at` on fit into so many bytes. */
function countFitting(lines: readonly string[], at: number, room: number): number {
  let bytes = 0;
  let count = 0;
  while (at + count < lines.length) {
    bytes += utf8.encode(lines[at + count]!).length + 1;
    if (bytes > room) return count;
    count++;
  }
  return count;
}

/** Counts from nothing: the next look at its length comes after as much again. */
function overlong(appender: Appender): Appender {
  const start = appender.size;
  return {
    get size() {
      return appender.size - start;
    },
    write: (text) => appender.write(text),
    close: () => appender.close(),
  };
}
