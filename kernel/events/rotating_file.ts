/** A file of lines that is renamed when it has grown: `host.jsonl` → `host.1.jsonl` → …; the oldest goes. */
import type { Appender, Clock, Files } from "../contract/powers.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import type { LogBounds } from "./log_bounds.ts";

export interface RotatingFileOptions extends LogBounds {
  readonly files: Files;
  readonly clock: Pick<Clock, "now">;
  /** Absolute, with an extension. */
  readonly path: string;
  /** Lines that wait for the disk; beyond this they are dropped and counted, never the host's memory. */
  readonly max_waiting: number;
}

const utf8 = new TextEncoder();
const NEWLINE = 10;
/** The time of a line is in these. */
const FIRST_BYTES = 64;

export class RotatingFile {
  #options: RotatingFileOptions;
  /** When the first line of the file was written. */
  #began = Infinity;
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

  /** Holds from the next line on. */
  bound(bounds: LogBounds): void {
    this.#options = { ...this.#options, ...bounds };
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
        if ((fitting === 0 || this.#tooOld()) && appender.size > 0) {
          await this.#rotate();
          continue;
        }
        count = Math.max(1, fitting);
        const text = lines.slice(at, at + count).join("\n") + "\n";
        const begins_anew = this.#torn ? "\n" : "";
        this.#torn = true;
        await appender.write(begins_anew + text);
        this.#torn = false;
        this.#began = Math.min(this.#began, this.#options.clock.now());
      } catch {
        this.#dropped += count; // a full disk must not stop the host
      }
      at += count;
    }
  }

  /** What a kill in the middle of a write left behind must not swallow the first line of ours. */
  async #open(): Promise<Appender> {
    const { files, path } = this.#options;
    const appender = await files.appender(path);
    if (appender.size > 0) {
      this.#torn = (await files.readPart(path, { last: 1 }).catch(() => undefined))?.at(-1) !== NEWLINE;
      this.#began = timeOf(await files.readPart(path, { first: FIRST_BYTES }).catch(() => undefined));
    }
    return appender;
  }

  #tooOld(): boolean {
    return this.#options.clock.now() - this.#began > this.#options.max_age_ms;
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
    this.#began = renamed ? Infinity : this.#options.clock.now(); // not tried again with each line
    this.#appender = renamed ? appender : overlong(appender);
  }
}

/** What a first line says in its `time`, which all of ours have in front; of any other, nothing is known. */
function timeOf(beginning: Uint8Array | undefined): number {
  const found = /^\{"time":"([^"]{20,30})"/.exec(new TextDecoder().decode(beginning));
  const time = Date.parse(found?.[1] ?? "");
  return Number.isNaN(time) ? Infinity : time;
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
