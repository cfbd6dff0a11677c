/** A file of lines that is renamed when it has grown: `host.jsonl` → `host.1.jsonl` → …; the oldest goes. */
import type { Appender, Files } from "../contract/powers.ts";
import { RunSerial } from "../primitives/run_serial.ts";

export interface RotatingFileOptions {
  readonly files: Files;
  /** Absolute, with an extension. */
  readonly path: string;
  readonly max_bytes: number;
  /** How many renamed files are kept. */
  readonly keep: number;
  /** Lines that wait for the disk; beyond this they are dropped and counted, never the host's memory. */
  readonly max_waiting: number;
}

export class RotatingFile {
  readonly #options: RotatingFileOptions;
  readonly #serial = new RunSerial();
  #appender: Appender | undefined;
  #bytes = 0;
  #waiting: string[] = [];
  #dropped = 0;
  #scheduled = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Never waits and never throws: the line is on its way to the disk, in order. */
  append(line: string): void {
    if (this.#waiting.length >= this.#options.max_waiting) {
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
    this.#appender?.close();
    this.#appender = undefined;
  }

  get dropped(): number {
    return this.#dropped;
  }

  async #write(): Promise<void> {
    this.#scheduled = false;
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    try {
      if (this.#appender === undefined) {
        this.#appender = await this.#options.files.appender(this.#options.path);
        this.#bytes = this.#appender.size;
      }
      const text = lines.join("\n") + "\n";
      if (this.#bytes > 0 && this.#bytes + text.length > this.#options.max_bytes) await this.#rotate();
      await this.#appender!.write(text);
      this.#bytes += text.length;
    } catch {
      this.#dropped += lines.length; // a full disk must not stop the host
    }
  }

  async #rotate(): Promise<void> {
    const { files, path, keep } = this.#options;
    this.#appender?.close();
    const dot = path.lastIndexOf(".");
    const numbered = (n: number) => `${path.slice(0, dot)}.${n}${path.slice(dot)}`;
    await files.remove(numbered(keep)).catch(() => {});
    for (let n = keep - 1; n >= 1; n--) await files.rename(numbered(n), numbered(n + 1)).catch(() => {});
    await files.rename(path, numbered(1));
    this.#appender = await files.appender(path);
    this.#bytes = this.#appender.size;
  }
}
