/**
 * One request of a known principal, from its token to the last piece of its answer. It owns its places and its signal, which is aborted when the client has gone, when
 * the time is over and when the module shuts down: then every call that was made for it is given up.
 */
import type { BearerKernel } from "meta-machine";
import { pacedBody } from "./paced_body.ts";
import { expectedBytes, readBody } from "./read_body.ts";
import { later, refusal } from "./refusal.ts";
import { HEARTBEAT, SERVER_SENT_HEADERS } from "./server_sent.ts";
import type { Web } from "./web.ts";

/** Larger answers are handed over in pieces of this size, as the client takes them. */
const PIECE_BYTES = 65_536;

export class Visit {
  readonly #web: Web;
  readonly #ends: (() => void)[];
  readonly #give_up: (reason: unknown) => void;
  readonly #begun: () => void;
  #goes_on = false;

  constructor(
    web: Web,
    readonly request: Request,
    readonly bearer: BearerKernel,
    { signal, give_up, begun, ends }: {
      readonly signal: AbortSignal;
      readonly give_up: (reason: unknown) => void;
      /** Its answer has begun: from now on its reader's pace counts, not the time. */
      readonly begun: () => void;
      /** What has to be done at its end. */
      readonly ends: (() => void)[];
    },
  ) {
    this.#web = web;
    this.#give_up = give_up;
    this.#begun = begun;
    this.#ends = ends;
    this.signal = signal;
    this.url = new URL(request.url);
  }

  readonly signal: AbortSignal;
  readonly url: URL;

  /** The body, which has to be a map in JSON. */
  async json(): Promise<Readonly<Record<string, unknown>>> {
    const value = parseJson(await this.text());
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    throw refusal(400, "invalid_argument", "the body is no map", { hint: "send a JSON object" });
  }

  async text(): Promise<string> {
    const { settings: { body_bytes: bytes, body_ms: ms }, room } = this.#web;
    const give_back = room.take(Math.min(bytes, expectedBytes(this.request, { bytes, ms })));
    this.#ends.push(give_back);
    return await readBody(this.request, { bytes, ms }, this.signal);
  }

  /** Before the call that an answer without foreseeable end holds. Throws where there are too many. */
  takeStream(): void {
    const { settings: { streams_per_principal, streams } } = this.#web;
    const taken = this.#web.streams.take(this.bearer.principal);
    if ("give_back" in taken) return void this.#ends.push(taken.give_back);
    if (taken.full === "all") throw later(503, `${streams} streams are open`, 5, "try again when others have ended");
    throw later(
      429,
      `'${this.bearer.principal}' has ${streams_per_principal} streams open`,
      5,
      "end one of them first",
    );
  }

  /** An answer in JSON. */
  answer(value: unknown, status = 200): Response {
    return this.answerText(JSON.stringify(value), "application/json", status);
  }

  answerText(text: string, type: string, status = 200): Response {
    const bytes = new TextEncoder().encode(text);
    const body = bytes.length <= PIECE_BYTES ? bytes : this.paced(inPieces(bytes));
    return new Response(body, { status, headers: { "content-type": type } });
  }

  /** Server-sent events, each already written. */
  answerEvents(pieces: AsyncIterator<Uint8Array>): Response {
    const body = this.paced(pieces, { ms: this.#web.settings.heartbeat_ms, piece: HEARTBEAT });
    return new Response(body, { headers: SERVER_SENT_HEADERS });
  }

  /** A body that goes on when the answer has begun: the visit ends with it. */
  paced(
    pieces: AsyncIterator<Uint8Array>,
    heartbeat?: { readonly ms: number; readonly piece: Uint8Array },
  ): ReadableStream {
    this.#goes_on = true;
    this.#begun();
    const { stall_ms } = this.#web.settings;
    return pacedBody(pieces, { stall_ms, ...heartbeat && { heartbeat }, ended: () => this.end() });
  }

  /** The answer's head is ready: what has no body that goes on is over. */
  answered(): void {
    if (!this.#goes_on) this.end();
  }

  end(): void {
    this.#give_up(new Error("the answer has ended"));
    for (const end of this.#ends.splice(0)) end();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(400, "invalid_argument", `the body is no JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
