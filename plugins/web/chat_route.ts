/** `POST /v1/chat/completions`: a turn of the model that an inference module is, under the principal's authority from the question to the last tool. */
import { parseCompletion } from "./chat_request.ts";
import type { Inference, TurnItem } from "./chat_turn.ts";
import { type CompletionHead, CompletionPieces, wholeAnswer } from "./completion_words.ts";
import { openAiBody } from "./error_body.ts";
import { refusal, refusedOf } from "./refusal.ts";
import { serverSent } from "./server_sent.ts";
import type { Visit } from "./visit.ts";

export async function answerChat(visit: Visit): Promise<Response> {
  const { model, stream, include_usage, asked } = parseCompletion(await visit.json());
  const head: CompletionHead = {
    id: `chatcmpl-${crypto.randomUUID().replaceAll("-", "")}`,
    created: Math.floor(Date.now() / 1_000),
    model,
  };
  const inference = visit.bearer.getApi<Inference>(model);
  if (!stream) return visit.answer(wholeAnswer(head, await inference.chat(asked)));
  visit.takeStream();
  // What has to fit a schema is looked at when it is whole.
  const items = "schema" in asked ? atOnce(await inference.chat(asked)) : await inference.stream(asked);
  return visit.answerEvents(written(items, new CompletionPieces(head, include_usage)));
}

async function* written(items: AsyncIterable<TurnItem>, pieces: CompletionPieces): AsyncGenerator<Uint8Array> {
  try {
    yield serverSent(pieces.first());
    for await (const item of items) {
      for (const piece of pieces.item(item)) yield serverSent(piece);
    }
    if (!pieces.ended) throw refusal(503, "moved", "the answer was cut off", { retriable: true, maybe_ran: true });
    for (const piece of pieces.last()) yield serverSent(piece);
    yield serverSent("[DONE]");
  } catch (error) {
    // Clients take an error among the pieces for one, and a stream without its last word for no answer.
    yield serverSent(openAiBody(refusedOf(error)));
  }
}

/** Stands for a stream. */
async function* atOnce({ text, ...end }: ReturnType<Inference["chat"]>): AsyncGenerator<TurnItem> {
  yield { kind: "text", text };
  yield { kind: "done", ...end };
}
