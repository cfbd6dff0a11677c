/**
 * One turn of a conversation, from a person's words to the model's answer: ask; prepare what the model wants called; execute it under the authority of the one who
 * is served; finalize the results into the conversation; ask again, until the model only speaks or a limit is reached.
 */
import type { Answer } from "./answer.ts";
import type { Authority, ListedTool } from "./authority.ts";
import { executeCalls } from "./execute_calls.ts";
import { idsOf } from "./native_style.ts";
import type { ToolStyle } from "./tool_style.ts";
import type { Message, TurnEnd, TurnItem } from "./turn_items.ts";
import { type LimitHit, limitReached, notMade, sizeReached, type TurnLimits } from "./turn_limits.ts";
import { costOf, type Price } from "./usage_counters.ts";

export interface Turn {
  readonly model: string;
  /** The conversation so far, the prompt before it. */
  readonly messages: readonly Message[];
  /** Keys of every request: temperature and the like. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly style: ToolStyle;
  readonly tools: readonly ListedTool[];
  readonly authority: Authority;
  readonly limits: TurnLimits;
  readonly price: Price | undefined;
  readonly signal: AbortSignal;
  /** Hears of a limit that ended the turn. */
  reached(hit: LimitHit): void;
  /** Asks the model once: the text as it comes, and the whole answer at the end. */
  ask(request: { readonly model: string; readonly messages: readonly Message[] }): AsyncGenerator<string, Answer>;
}

/** One item of a stream is bounded; a server may send more text in one piece. */
const PIECE = 32_768;

export async function* runTurn(turn: Turn): AsyncGenerator<TurnItem, TurnEnd> {
  const { model, style, authority, limits, signal } = turn;
  const said: Message[] = [];
  const usage = { input_tokens: 0, output_tokens: 0, cost: 0 };
  const end = (answer: Answer, finish: TurnEnd["finish"], rounds: number, more: Partial<TurnEnd> = {}): TurnEnd => ({
    ...{ text: answer.text, finish, model, rounds, messages: said, usage },
    ...more,
  });

  for (let round = 1;; round++) {
    const request = { ...turn.request, ...style.request, model, messages: [...turn.messages, ...said] };
    const answer = yield* speak(turn.ask(request));
    yield count(usage, answer, round, turn.price);

    const prepared = style.prepare(answer, round);
    said.push(style.ownWords(answer, prepared));
    if (prepared.length === 0) return end(answer, ...lastWord(answer, round));

    const limit = limitReached(round, usage, limits);
    const done = yield* executeCalls(limit === undefined ? prepared : prepared.map((one) => notMade(one, limit)), {
      ...{ authority, signal, max_result_bytes: limits.max_result_bytes },
      readOnly: (name) => turn.tools.some((tool) => tool.name === name && tool.readOnly),
    });
    said.push(...style.finalize(done));
    const hit = limit?.hit ?? sizeReached(bytesOf(turn.messages) + bytesOf(said), limits);
    if (hit === undefined) continue;
    turn.reached(hit);
    return end(answer, limit?.finish ?? "size_limit", round);
  }
}

async function* speak(answering: AsyncGenerator<string, Answer>): AsyncGenerator<TurnItem, Answer> {
  try {
    for (;;) {
      const { done, value } = await answering.next();
      if (done) return value;
      for (let at = 0; at < value.length; at += PIECE) yield { kind: "text", text: value.slice(at, at + PIECE) };
    }
  } finally {
    await answering.return(undefined as never);
  }
}

function count(
  usage: { input_tokens: number; output_tokens: number; cost: number },
  { tokens }: Answer,
  round: number,
  price: Price | undefined,
): TurnItem {
  const cost = costOf(tokens, price);
  usage.input_tokens += tokens.input;
  usage.output_tokens += tokens.output;
  usage.cost += cost;
  return { kind: "usage", round, input_tokens: tokens.input, output_tokens: tokens.output, cost };
}

const encoder = new TextEncoder();

function bytesOf(messages: readonly Message[]): number {
  return encoder.encode(JSON.stringify(messages)).length;
}

/** Nothing is to be called, by us: the model has spoken, or wants functions of the caller's. */
function lastWord(answer: Answer, round: number): [finish: string, rounds: number, more?: Partial<TurnEnd>] {
  if (answer.calls.length === 0) return [answer.finish, round];
  const ids = idsOf(answer.calls, round);
  const calls = answer.calls.map(({ name, args }, i) => ({ id: ids[i]!, name, arguments: args }));
  return [answer.finish === "length" ? "length" : "calls", round, { calls }];
}

/** The end of a turn that nobody follows. */
export async function endOfTurn(turn: Turn): Promise<TurnEnd> {
  const items = runTurn(turn);
  for (;;) {
    const { done, value } = await items.next();
    if (done) return value;
  }
}
