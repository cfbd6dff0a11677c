/**
 * One Worker and the port to it: told of everything in one array for each turn of the loop. It counts what the Worker has not shown to have taken, by
 * pings that stand behind what was said.
 */
import type { ToWorker, WorkerInit } from "../port.ts";

export interface WorkerListener {
  /** What the Worker said in one turn: still a rumour. */
  words(words: readonly unknown[]): void;
  /** Our own bootstrap, or a module past it, ended the Worker by an error. */
  crashed(message: string): void;
}

/** A Worker that runs the bootstrap and waits for its module: on its global scope, or, when it was made ahead, on the port that it has been given. */
export interface StartedWorker {
  readonly worker: Worker;
  readonly port?: MessagePort;
}

/** Bytes said to a Worker after which it is asked to show that it has taken them. */
const SHOW_AFTER = 1_048_576;
/** A batch of a Worker with more words than any honest bootstrap sends is not walked through. */
const WORDS = 65_536;

export class ModuleWorker {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #listener: WorkerListener;
  #batch: ToWorker[] = [];
  #seq = 0;
  /** Bytes said since the last showing ping, and before it. */
  #after_ping = 0;
  #before_ping = 0;
  #showing: number | undefined;
  #ended = false;

  constructor({ worker, port }: StartedWorker, init: Omit<WorkerInit, "port">, listener: WorkerListener) {
    this.#listener = listener;
    this.#worker = worker;
    this.#worker.onerror = (event) => {
      event.preventDefault(); // else the whole process ends
      if (!this.#ended) listener.crashed(event.message);
    };
    const channel = port === undefined ? new MessageChannel() : undefined;
    this.#port = port ?? channel!.port1;
    this.#port.onmessage = ({ data }) => {
      if (!this.#ended && Array.isArray(data) && data.length <= WORDS) listener.words(data);
    };
    if (channel === undefined) this.#port.postMessage(init);
    else this.#worker.postMessage({ ...init, port: channel.port2 }, [channel.port2]);
  }

  /** Bytes that the Worker has not shown to have taken. */
  get untaken_bytes(): number {
    return this.#before_ping + this.#after_ping;
  }

  post(message: ToWorker): void {
    if (this.#ended) return;
    if ("payload" in message) {
      // Its buffer holds the neighbours' bytes, and a port would copy all of it.
      this.#batch.push({ ...message, payload: message.payload.slice() });
      this.#after_ping += message.payload.length;
    } else this.#batch.push(message);
    if (this.#batch.length === 1) queueMicrotask(() => this.#flush());
  }

  ping(): void {
    this.post({ t: "ping", seq: ++this.#seq });
  }

  /** The Worker has answered that ping, and so has taken what was said before it. */
  ponged(seq: number): void {
    if (this.#showing === undefined || seq < this.#showing) return;
    this.#showing = undefined;
    this.#before_ping = 0;
    // Nothing more may come until this is taken, so nobody else would ask.
    if (this.#after_ping > SHOW_AFTER) this.#flush();
  }

  /** Ends an idle Worker at once; a busy one only looks ended, its thread goes on. */
  terminate(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#port.close();
    this.#worker.terminate();
  }

  #flush(): void {
    if (this.#ended) return;
    if (this.#after_ping > SHOW_AFTER && this.#showing === undefined) {
      this.#showing = ++this.#seq;
      this.#batch.push({ t: "ping", seq: this.#showing });
      this.#before_ping = this.#after_ping;
      this.#after_ping = 0;
    }
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#port.postMessage(batch);
  }
}
