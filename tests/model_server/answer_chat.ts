/** A reply as an answer of `/v1/chat/completions`, in one piece or as a stream. */
import type { Reply } from "./reply.ts";

export interface ChatBody {
  readonly model?: string;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly messages?: readonly unknown[];
}

const encoder = new TextEncoder();

export async function answerChat(reply: Reply, asked: ChatBody): Promise<Response> {
  await pause(reply.wait_ms);
  const { status = 200, headers = {}, body } = reply;
  if (body !== undefined) {
    return new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
  }
  if (asked.stream !== true) return Response.json(wholeAnswer(reply, asked), { status, headers });
  return new Response(streamOf(reply, chunksOf(reply, asked)), {
    status,
    headers: { "content-type": "text/event-stream; charset=utf-8", ...headers },
  });
}

function wholeAnswer(reply: Reply, asked: ChatBody): unknown {
  const { text = null, calls } = reply;
  const message = {
    role: "assistant",
    content: text,
    ...(calls && { tool_calls: calls.map((_, i) => toolCall(reply, i)) }),
  };
  return {
    ...head(asked, "chat.completion"),
    choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
    ...(reply.usage !== null && { usage: usageOf(reply, asked) }),
  };
}

/** A call's name comes first, its arguments in pieces behind it, as real servers send them. */
function chunksOf(reply: Reply, asked: ChatBody): unknown[] {
  const { text = "", calls = [], piece = 7 } = reply;
  const deltas: unknown[] = [{ role: "assistant", content: "" }];
  for (const content of cut(text, piece)) deltas.push({ content });
  calls.forEach((_, index) => {
    const { id, function: { name, arguments: args } } = toolCall(reply, index);
    deltas.push({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] });
    for (const part of cut(args, piece)) deltas.push({ tool_calls: [{ index, function: { arguments: part } }] });
  });
  const chunk = (choices: readonly unknown[], more = {}) => ({
    ...head(asked, "chat.completion.chunk"),
    choices,
    ...more,
  });
  const chunks = deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }]));
  if (reply.ending !== "without finish") chunks.push(chunk([{ index: 0, delta: {}, finish_reason: finishOf(reply) }]));
  const tells = asked.stream_options?.include_usage === true && reply.usage !== null;
  return tells ? [...chunks, chunk([], { usage: usageOf(reply, asked) })] : chunks;
}

function streamOf(reply: Reply, chunks: readonly unknown[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { ending = "whole", after = 1, pause_ms } = reply;
  const broken = ending === "cut" || ending === "never";
  const lines = (broken ? chunks.slice(0, after + 1) : chunks).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  if (!broken) lines.push("data: [DONE]\n\n");
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at > 0) await pause(pause_ms);
      if (at < lines.length) return controller.enqueue(encoder.encode(lines[at++]!));
      if (ending === "cut") return controller.error(new Error("the connection is lost"));
      if (ending !== "never") controller.close();
    },
  }, { highWaterMark: 0 });
}

function toolCall({ calls = [] }: Reply, index: number) {
  const { id = `call_${index + 1}`, name, arguments: args } = calls[index]!;
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return { id, type: "function", function: { name, arguments: text } };
}

function head(asked: ChatBody, object: string) {
  return { id: "chatcmpl-1", object, created: 1_700_000_000, model: asked.model ?? "scripted" };
}

function finishOf({ finish, calls }: Reply): string {
  return finish ?? (calls === undefined ? "stop" : "tool_calls");
}

function usageOf({ usage, text = "", calls = [] }: Reply, asked: ChatBody) {
  const prompt_tokens = usage?.prompt_tokens ?? Math.ceil(JSON.stringify(asked.messages ?? []).length / 4);
  const completion_tokens = usage?.completion_tokens ?? Math.ceil((text.length + JSON.stringify(calls).length) / 4);
  return { ...usage, prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function cut(text: string, length: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces;
}

function pause(ms = 0): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
