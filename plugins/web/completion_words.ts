/** A turn in the words of OpenAI's interface: as one answer, and as the pieces of a stream. Pure. */
import type { FunctionCall, TurnEnd, TurnItem, Usage, WholeTurn } from "./chat_turn.ts";

export interface CompletionHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
}

export function wholeAnswer(head: CompletionHead, turn: WholeTurn): unknown {
  const calls = toolCalls(turn.calls);
  return {
    ...{ id: head.id, object: "chat.completion", created: head.created, model: head.model },
    choices: [{
      index: 0,
      message: { role: "assistant", content: turn.text, refusal: null, ...calls && { tool_calls: calls } },
      logprobs: null,
      finish_reason: finishReason(turn),
    }],
    usage: usageWords(turn.usage),
  };
}

/** Pieces of a stream in their order: `first`, what each item says, `last`. */
export class CompletionPieces {
  readonly #head: CompletionHead;
  readonly #include_usage: boolean;
  #usage: Usage | undefined;
  #end: TurnEnd | undefined;

  constructor(head: CompletionHead, include_usage: boolean) {
    this.#head = head;
    this.#include_usage = include_usage;
  }

  /** Whether the turn has come to its end. */
  get ended(): boolean {
    return this.#end !== undefined;
  }

  first(): unknown {
    return this.#piece({ role: "assistant", content: "" });
  }

  item(item: TurnItem): readonly unknown[] {
    if (item.kind === "text") return item.text === "" ? [] : [this.#piece({ content: item.text })];
    if (item.kind === "usage") this.#usage = added(this.#usage, item);
    if (item.kind === "done") this.#end = item;
    return [];
  }

  last(): readonly unknown[] {
    const end = this.#end ?? {};
    const calls = toolCalls(end.calls)?.map((call, index) => ({ index, ...call }));
    return [
      ...calls === undefined ? [] : [this.#piece({ tool_calls: calls })],
      this.#piece({}, finishReason(end)),
      ...this.#include_usage ? [{ ...this.#frame(), choices: [], usage: usageWords(end.usage ?? this.#usage) }] : [],
    ];
  }

  #piece(delta: unknown, finish_reason: string | null = null): unknown {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
    return { ...this.#frame(), choices, ...this.#include_usage && { usage: null } };
  }

  #frame() {
    const { id, created, model } = this.#head;
    return { id, object: "chat.completion.chunk", created, model };
  }
}

/** A limit of this machine that ended the turn is told as the only one that those clients know. */
function finishReason({ finish = "stop" }: TurnEnd): string {
  if (finish === "calls") return "tool_calls";
  return ["loop_limit", "token_limit", "size_limit"].includes(finish) ? "length" : finish;
}

function toolCalls(calls: readonly FunctionCall[] | undefined) {
  if (calls === undefined || calls.length === 0) return undefined;
  return calls.map(({ id, name, arguments: args }) => ({ id, type: "function", function: { name, arguments: args } }));
}

function usageWords({ input_tokens = 0, output_tokens = 0 }: Usage = {}) {
  return { prompt_tokens: input_tokens, completion_tokens: output_tokens, total_tokens: input_tokens + output_tokens };
}

function added(before: Usage = {}, { input_tokens = 0, output_tokens = 0 }: Usage): Usage {
  return {
    input_tokens: (before.input_tokens ?? 0) + input_tokens,
    output_tokens: (before.output_tokens ?? 0) + output_tokens,
  };
}
