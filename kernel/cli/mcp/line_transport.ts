/** MCP's stdio binding: one JSON-RPC message a line. Not the library's own, which reads the process behind our back and goes on writing when nobody reads. */
import { type JSONRPCMessage, parseJSONRPCMessage, type Transport } from "@modelcontextprotocol/server";

/** Of one message: a client that sends no end of line would fill the program's memory. */
const LINE_BYTES = 8_388_608;
const NEWLINE = 10;

export class LineTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** Resolves when there is nobody to speak with any more: stdin has ended, or stdout is closed. */
  readonly ended: Promise<void>;
  readonly #input: ReadableStreamDefaultReader<Uint8Array>;
  readonly #write: (line: string) => Promise<void>;
  readonly #end: () => void;
  /** Lines leave in the order in which they were sent, each whole. */
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(input: ReadableStream<Uint8Array>, write: (line: string) => Promise<void>) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#input = input.getReader();
    this.#write = write;
  }

  start(): Promise<void> {
    void this.#read();
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    if (this.#closed) return Promise.reject(new Error("the client is gone"));
    const line = `${JSON.stringify(message)}\n`;
    const written = this.#writing.then(() => this.#write(line));
    this.#writing = written.catch(() => void this.close());
    return written;
  }

  /** More than once is harmless. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#input.cancel().catch(() => {});
    this.#end();
    this.onclose?.();
  }

  async #read(): Promise<void> {
    let rest = new Uint8Array();
    try {
      for (;;) {
        const { done, value } = await this.#input.read();
        if (done) break;
        rest = this.#take(joined(rest, value));
        if (rest.length > LINE_BYTES) throw new Error(`a message has more than ${LINE_BYTES} bytes`);
      }
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
    await this.#writing.catch(() => {});
    await this.close();
  }

  /** Every whole line; gives what is left. */
  #take(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      const line = new TextDecoder().decode(bytes.subarray(from, at)).trim();
      from = at + 1;
      if (line !== "") this.#hear(line);
    }
    return bytes.slice(from);
  }

  #hear(line: string): void {
    try {
      this.onmessage?.(parseJSONRPCMessage(JSON.parse(line)));
    } catch (error) {
      this.onerror?.(new Error(`a line is no message: ${error instanceof Error ? error.message : error}`));
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
