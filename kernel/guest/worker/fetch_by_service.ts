import { HTTP_SERVICE } from "../../contract/shipped.ts";
import type { MadeCalls } from "./made_calls.ts";

/** What the `http` service is called with, and what it answers. */
interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly redirect: string;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
}
/** The shipped service gives all of it, and a stream as the body; a test's stand-in says what matters to it. */
interface HttpAnswer {
  readonly url?: string;
  readonly redirected?: boolean;
  readonly status?: number;
  readonly status_text?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: AsyncIterable<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer> | string;
}

const { Request: NativeRequest, Response: NativeResponse, ReadableStream: NativeStream, Uint8Array: NativeBytes } =
  globalThis;
/** Statuses that can't have a body. */
const EMPTY = [101, 204, 205, 304];
/** A body that is no stream goes along as bytes up to here, so that it can be sent again after a redirect; a longer one goes as a stream. */
const AT_ONCE_BYTES = 1_048_576;
/** What a module gives in one piece may be more than a message takes. */
const PIECE_BYTES = 65_536;

/** `fetch` as a call to the service `http`, which checks the address and the caller's grants: a module has no network of its own. */
export function fetchByService(calls: MadeCalls): typeof fetch {
  return async (input, init) => {
    const request = new NativeRequest(input as RequestInfo, init);
    const body = request.body === null ? undefined : await bodyOf(request.body, init?.body instanceof NativeStream);
    const asked: HttpRequest = {
      url: request.url,
      method: request.method,
      headers: [...request.headers],
      redirect: request.redirect,
      ...(body && { body }),
    };
    const target = { api: HTTP_SERVICE.api, aspect: "default", name: "fetch", kind: "call" } as const;
    const answer = await calls.call(target, [asked], { signal: request.signal }) as HttpAnswer;
    const { url = request.url, redirected = false, status = 200, status_text = "", headers = [], body: told } = answer;
    const given = typeof told === "object" && Symbol.asyncIterator in told ? streamOf(told) : told;
    const response = new NativeResponse(EMPTY.includes(status) ? null : given ?? null, {
      status,
      statusText: status_text,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    });
    Object.defineProperty(response, "url", { value: url });
    Object.defineProperty(response, "redirected", { value: redirected });
    return response;
  };
}

/** A stream that the module made goes out as it comes. Everything else is read first, since bytes can be sent with their length, and twice. */
async function bodyOf(
  body: ReadableStream<Uint8Array>,
  is_stream: boolean,
): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
  const reader = body.getReader();
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (!is_stream && bytes <= AT_ONCE_BYTES) {
    const { done, value } = await reader.read();
    if (done) return joined(first, bytes);
    first.push(value);
    bytes += value.length;
  }
  return piecesOf(first, reader);
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new NativeBytes(bytes);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Not a generator: that would wait for the module's next piece before it lets go of the module's stream. */
function piecesOf(
  first: readonly Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncIterableIterator<Uint8Array> {
  const waiting = first.flatMap(cut);
  let at = 0;
  const done = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (at >= waiting.length) {
        const { done: over, value } = await reader.read();
        if (over) return done;
        at = 0;
        waiting.splice(0, waiting.length, ...cut(value));
      }
      return { done: false, value: waiting[at++]! };
    },
    return() {
      void reader.cancel().catch(() => {});
      return Promise.resolve(done);
    },
  };
}

function cut(piece: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < piece.length; at += PIECE_BYTES) pieces.push(piece.subarray(at, at + PIECE_BYTES));
  return pieces;
}

/** At the pace of who reads it; to cancel it ends the connection. */
function streamOf(body: AsyncIterable<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const items = body[Symbol.asyncIterator]();
  return new NativeStream({
    type: "bytes",
    async pull(controller) {
      const { done, value } = await items.next();
      if (!done) return controller.enqueue(value);
      controller.close();
      controller.byobRequest?.respond(0);
    },
    async cancel() {
      await items.return?.();
    },
  });
}
