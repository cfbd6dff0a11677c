/**
 * One Worker and the port to it: told of everything in one array for each turn of the loop. It counts what the Worker has not shown to have taken, by
 * pings that stand behind what was said.
 */
import { WIRE } from "../../contract/limits.ts";
import type { Payload } from "../../contract/wire.ts";
import { BATCH_WORDS, openPosted, PortBatch } from "../port_batch.ts";
import { writeShellHeader } from "../port_headers.ts";
import type { ToWorker, WorkerInit } from "../port.ts";
import { type LastRun, newRunningMark, stop } from "../running_mark.ts";

export interface WorkerListener {
  /** One word of the Worker: still a rumour. */
  word(header: unknown, payload: unknown): void;
  /** All that the Worker said in one turn has been told, or was none of its words. */
  turn(): void;
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
  readonly #batch = new PortBatch();
  readonly #mark = newRunningMark();
  #flush_due = false;
  #seq = 0;
  /** Bytes said since the last showing ping, and before it. */
  #after_ping = 0;
  #before_ping = 0;
  #showing: number | undefined;
  #ended = false;

  constructor({ worker, port }: StartedWorker, init: Omit<WorkerInit, "port" | "mark">, listener: WorkerListener) {
    this.#listener = listener;
    this.#worker = worker;
    this.#worker.onerror = (event) => {
      event.preventDefault(); // else the whole process ends
      if (!this.#ended) listener.crashed(event.message);
    };
    const channel = port === undefined ? new MessageChannel() : undefined;
    this.#port = port ?? channel!.port1;
    this.#port.onmessage = ({ data }) => {
      if (this.#ended) return;
      openPosted(data, WORDS, (header, payload) => listener.word(header, payload));
      listener.turn();
    };
    const mark = this.#mark;
    if (channel === undefined) this.#port.postMessage({ ...init, mark });
    else this.#worker.postMessage({ ...init, mark, port: channel.port2 }, [channel.port2]);
  }

  /** Bytes that the Worker has not shown to have taken. */
  get untaken_bytes(): number {
    return this.#before_ping + this.#after_ping;
  }

  post(message: ToWorker): void {
    if (this.#ended) return;
    const payload = "payload" in message ? alone(message.payload) : undefined;
    this.#batch.push(writeShellHeader(message), payload);
    if (payload !== undefined) this.#after_ping += payload.length;
    if (this.#batch.count >= BATCH_WORDS || this.#batch.size >= WIRE.batch_bytes) return this.#flush();
    if (this.#flush_due) return;
    this.#flush_due = true;
    queueMicrotask(() => {
      this.#flush_due = false;
      this.#flush();
    });
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

  /** No call begins there any more, however busy it is; tells what it was at. */
  stop(): LastRun {
    return stop(this.#mark);
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
      this.#batch.push(writeShellHeader({ t: "ping", seq: this.#showing }));
      this.#before_ping = this.#after_ping;
      this.#after_ping = 0;
    }
    if (this.#batch.count === 0) return;
    const { posted, moved } = this.#batch.take();
    this.#port.postMessage(posted, moved);
  }
}

/** Bytes in a buffer of their own, which can be moved: that of a frame holds the neighbours' bytes. */
function alone(payload: Payload): Payload {
  return typeof payload === "string" ? payload : payload.slice();
}
