/** Lines to a pipe, in order, never waiting: what the reader does not take in time is dropped and counted beyond `most` waiting bytes. */
export class LineSink {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #most: number;
  #waiting: string[] = [];
  #units = 0;
  #draining: Promise<void> | undefined;
  #dropped = 0;

  constructor(write: (bytes: Uint8Array) => Promise<void>, most = 1_048_576) {
    this.#write = write;
    this.#most = most;
  }

  /** Lines that were never written. */
  get dropped(): number {
    return this.#dropped;
  }

  push(line: string): void {
    if (this.#units + line.length > this.#most) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(line);
    this.#units += line.length;
    void this.drain();
  }

  /** Resolves when all lines so far are written, or the pipe is broken. */
  drain(): Promise<void> {
    this.#draining ??= this.#drain();
    return this.#draining;
  }

  async #drain(): Promise<void> {
    try {
      await Promise.resolve(); // lines of one turn leave together
      while (this.#waiting.length > 0) {
        const text = this.#waiting.join("");
        this.#waiting = [];
        this.#units = 0;
        await this.#write(new TextEncoder().encode(text));
      }
    } catch {
      // nobody reads any more: the parent's end is noticed elsewhere
    } finally {
      this.#draining = undefined;
    }
  }
}
