/** One client of the operator's socket: frames in, requests run side by side, each answered exactly once. */
import type { Payload } from "../contract/wire.ts";
import type { ControlRequest } from "../contract/control.ts";
import { type Fault, fault } from "../contract/fault.ts";
import type { Clock, Connection } from "../contract/powers.ts";
import { type Framed, FrameReader } from "../primitives/frame_codec.ts";
import { type Joined, PieceJoiner, pieceKey } from "../primitives/join_pieces.ts";
import { isControlVerb, parseControlRequest } from "../primitives/parse_control_request.ts";
import { CONTROL_BOUNDS } from "./control_bounds.ts";
import { droppedItem } from "./dropped_item.ts";
import { encodeAnswer } from "./encode_answer.ts";
import type { ControlHandlers, EncodedAnswer } from "./handlers.ts";
import { Outbox } from "./outbox.ts";
import { describe } from "./params_checks.ts";
import { RequestStream } from "./request_stream.ts";
import { runRequest } from "./run_request.ts";

type Request = Extract<ControlRequest, { t: "request" }>;

/** An answer under this id is for the connection: the server says why it closes. No request may bear it. */
const CONNECTION_ID = 0;
const READ_BYTES = 16_384;

export interface ServeOptions {
  readonly handlers: ControlHandlers;
  readonly clock: Clock;
  /** Told of a handler that threw, or answered what is not plain data. */
  readonly onDefect: (verb: string, error: unknown) => void;
}

export class ControlConnection {
  readonly #connection: Connection;
  readonly #options: ServeOptions;
  readonly #outbox: Outbox;
  readonly #reader = new FrameReader({ proven: true });
  readonly #joiner = new PieceJoiner<Request>({
    open: CONTROL_BOUNDS.requests,
    total_bytes: CONTROL_BOUNDS.request_bytes,
  });
  readonly #running = new Map<number, RequestStream>();
  readonly #settled: (() => void)[] = [];
  /** Why no request is taken any more. */
  #closing: Fault | undefined;
  #closed = false;

  constructor(connection: Connection, options: ServeOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#outbox = new Outbox(connection, () => this.#drop());
  }

  /** Resolves when the client has gone or was sent away; what it had asked for is cancelled then. Never rejects. */
  async serve(): Promise<void> {
    try {
      while (!this.#closed) {
        const buffer = new Uint8Array(READ_BYTES);
        const count = await this.#connection.read(buffer);
        if (count === null) break;
        const { messages, violation } = this.#reader.feed(buffer.subarray(0, count));
        for (const message of messages) if (!this.#closed) await this.#take(message);
        if (violation !== undefined) await this.#refuseClient(violation);
        // A client that asks and asks without reading is not read either: its answers wait in its own memory.
        if (this.#outbox.bytes > CONTROL_BOUNDS.unread_bytes) await this.#outbox.drained();
      }
    } catch { /* the connection broke: the same as gone */ }
    this.#drop();
  }

  /** Says why and hangs up. */
  async refuse(why: Fault): Promise<void> {
    this.#answerFault(CONNECTION_ID, why);
    await this.#outbox.drained();
    this.#drop();
  }

  /** Streams end and say so, no request is taken any more; resolves when the client has all of it. `finish`: what is no stream goes on to its answer. */
  async close({ finish = false } = {}): Promise<void> {
    this.#closing = finish
      ? fault("moved", "another kernel leads by now, and this one takes no request any more", { hint: "ask again" })
      : fault("service_down", "the host is stopping");
    for (const stream of this.#running.values()) if (stream.endless || !finish) stream.abort("closing");
    while (this.#running.size > 0 && !this.#closed) await new Promise<void>((resolve) => this.#settled.push(resolve));
    await this.#outbox.drained();
    this.#drop();
  }

  /** Hangs up at once. */
  end(): void {
    this.#drop();
  }

  async #take({ header, payload }: Framed): Promise<void> {
    const request = parseControlRequest(header);
    if (request === undefined) return await this.#refuseUnknown(header);
    if (request.t === "cancel") return this.#cancel(request.id);
    if (request.t === "piece") {
      return await this.#join(this.#joiner.add(pieceKey("request", request.id), payload, request.more === true));
    }
    if (request.id === CONNECTION_ID || this.#running.has(request.id)) {
      return await this.#refuseClient(`request id ${request.id} is taken`);
    }
    if (request.more !== true) return this.#start(request, payload);
    await this.#join(
      this.#joiner.begin(pieceKey("request", request.id), request, payload, CONTROL_BOUNDS.request_bytes),
    );
  }

  async #join(joined: Joined<Request>): Promise<void> {
    if (joined.kind === "whole") return this.#start(joined.header, joined.payload);
    if (joined.kind === "violation") return await this.#refuseClient(joined.violation);
    if (joined.kind === "too_large") {
      const { header, max_bytes } = joined;
      const why = fault("too_large", `${header.verb}: its params are larger than ${max_bytes} bytes`);
      this.#answerFault(header.id, why);
    }
  }

  #cancel(id: number): void {
    this.#joiner.drop(pieceKey("request", id));
    this.#running.get(id)?.abort("cancelled");
  }

  #start({ id, verb }: Request, payload: Payload): void {
    if (this.#closing !== undefined) return this.#answerFault(id, this.#closing);
    if (this.#running.size >= CONTROL_BOUNDS.requests) {
      const why = `more than ${CONTROL_BOUNDS.requests} requests at once on one connection`;
      return this.#answerFault(id, fault("rate_limited", why));
    }
    const { handlers, clock, onDefect } = this.#options;
    const endless = verb === "logs" || verb === "events";
    const stream = new RequestStream(id, this.#outbox, (count) => droppedItem(verb, count, clock.now()), endless);
    this.#running.set(id, stream);
    void runRequest(verb, payload, handlers, stream, (error) => onDefect(verb, error)).then((answer) => {
      stream.end();
      this.#running.delete(id);
      this.#answer(id, answer);
      for (const resolve of this.#settled.splice(0)) resolve();
    });
  }

  #answer(id: number, { ok, payload }: EncodedAnswer): void {
    this.#outbox.push({ header: { t: "answer", id, ok }, payload });
  }
  #answerFault(id: number, why: Fault): void {
    this.#answer(id, encodeAnswer({ ok: false, fault: why }));
  }

  /** A verb that this host does not know may come from a newer program: it costs the request. Anything else costs the connection. */
  async #refuseUnknown(header: unknown): Promise<void> {
    const { t, id, verb, more } = header as Record<string, unknown>;
    const plain_request = t === "request" && typeof verb === "string" && more === undefined;
    if (!plain_request || !Number.isSafeInteger(id) || (id as number) <= CONNECTION_ID || isControlVerb(verb)) {
      return await this.#refuseClient("a header that is no request");
    }
    this.#answerFault(
      id as number,
      fault("not_found", `this host has no command ${describe(verb)}`, {
        hint: "it may be older than this program: stop it and start it again",
      }),
    );
  }

  async #refuseClient(violation: string): Promise<void> {
    await this.refuse(fault("invalid_argument", `the client does not keep to the protocol: ${violation}`));
  }

  #drop(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stream of this.#running.values()) stream.abort("cancelled");
    for (const resolve of this.#settled.splice(0)) resolve();
    try {
      this.#connection.close();
    } catch { /* closed by the client already */ }
  }
}
