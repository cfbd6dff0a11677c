/** One end of a connection: what is said in one turn of the loop, or while a write is under way, leaves as one write of one JSON line. */
export interface ByteStream {
  read(into: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
}

export class BatchedLines {
  readonly #stream: ByteStream;
  readonly #utf8 = new TextEncoder();
  #batch: unknown[] = [];
  #scheduled = false;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  say(message: unknown): void {
    this.#batch.push(message);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#flush());
  }

  async #flush(): Promise<void> {
    while (this.#batch.length > 0) {
      const text = JSON.stringify(this.#batch) + "\n";
      this.#batch = [];
      await writeAll(this.#stream, this.#utf8.encode(text));
    }
    this.#scheduled = false;
  }

  /** Resolves at the end of the stream. */
  async eachLine(take: (line: string) => void): Promise<void> {
    await eachLine(this.#stream, take);
  }
}

export async function writeAll(stream: ByteStream, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await stream.write(at === 0 ? bytes : bytes.subarray(at));
}

export async function eachLine(stream: ByteStream, take: (line: string) => void): Promise<void> {
  const buffer = new Uint8Array(65_536);
  const utf8 = new TextDecoder();
  let rest = "";
  for (;;) {
    const count = await stream.read(buffer);
    if (count === null) return;
    rest += utf8.decode(buffer.subarray(0, count), { stream: true });
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      take(line);
    }
  }
}
