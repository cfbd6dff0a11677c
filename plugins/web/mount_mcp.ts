/** Where the Model Context Protocol is spoken: behind the same gate, tokens and bounds as everything else. */
import type { BearerKernel } from "meta-machine";
import { refusal } from "./refusal.ts";
import type { Visit } from "./visit.ts";

/** Answers one request of a client that has shown its token. The request's body is whole and bounded; calls by `bearer` end with the client. */
export type McpEndpoint = (request: Request, bearer: BearerKernel) => Promise<Response>;

export async function answerMcp(visit: Visit, endpoint: McpEndpoint | undefined): Promise<Response> {
  if (endpoint === undefined) {
    throw refusal(501, "not_found", "this server does not speak MCP yet", { hint: "/api/tools has the same tools" });
  }
  const { method, headers } = visit.request;
  const body = method === "POST" ? await visit.text() : null;
  const answer = await endpoint(new Request(visit.url, { method, headers, body, signal: visit.signal }), visit.bearer);
  if (answer.body === null) return answer;
  const is_stream = answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  if (is_stream) visit.takeStream();
  return new Response(visit.paced(piecesOf(answer.body)), answer);
}

/** Leaving it ends the source at once, also while a piece is waited for. */
function piecesOf(body: ReadableStream<Uint8Array>): AsyncIterator<Uint8Array, void> {
  const reader = body.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<Uint8Array, void>>,
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}
