/** The pieces of a model's answer as they come, in words of our own: what a server sends is a rumour until it has passed here. */
import type { Tokens } from "./usage_counters.ts";
import { brokenOff } from "./judge_failure.ts";

export type Delta =
  | { readonly kind: "text"; readonly text: string }
  /** A piece of a native call; the first one has the name. */
  | {
    readonly kind: "call";
    readonly index: number;
    readonly id?: string;
    readonly name?: string;
    readonly args?: string;
  }
  | { readonly kind: "usage"; readonly tokens: Tokens }
  | { readonly kind: "finish"; readonly reason: string };

/** Calls in one answer beyond which a server counts wildly. */
const MOST_CALLS = 1_024;

/** Throws when the stream ends before the answer has. */
export async function* readDeltas(
  chunks: AsyncIterable<unknown>,
  host: string,
  signal: AbortSignal,
): AsyncGenerator<Delta, void> {
  let pieces = 0;
  let finished = false;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    pieces++;
    for (const delta of deltasOf(chunk)) {
      finished ||= delta.kind === "finish";
      yield delta;
    }
  }
  signal.throwIfAborted(); // the package ends a stream that was aborted as if it were whole
  if (!finished) throw brokenOff(host, pieces);
}

function* deltasOf(chunk: unknown): Generator<Delta> {
  const { choices, usage } = map(chunk);
  const { delta, message, finish_reason } = map(list(choices)[0]);
  const { content, tool_calls } = map(delta ?? message);
  if (typeof content === "string" && content !== "") yield { kind: "text", text: content };
  for (const [at, call] of list(tool_calls).entries()) {
    const { index = at, id, function: named } = map(call);
    const { name, arguments: args } = map(named);
    if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= MOST_CALLS) continue;
    yield {
      ...{ kind: "call", index },
      ...(typeof id === "string" && id !== "" && { id }),
      ...(typeof name === "string" && name !== "" && { name }),
      ...(typeof args === "string" && { args }),
    };
  }
  if (typeof finish_reason === "string") yield { kind: "finish", reason: finish_reason };
  const tokens = tokensOf(usage);
  if (tokens !== undefined) yield { kind: "usage", tokens };
}

/** As a server tells them; undefined when it tells none. */
export function tokensOf(usage: unknown): Tokens | undefined {
  const { prompt_tokens, completion_tokens = 0, cost } = map(usage);
  if (!isCount(prompt_tokens) || !isCount(completion_tokens)) return undefined;
  return { input: prompt_tokens, output: completion_tokens, ...(isCount(cost) && { cost }) };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
function map(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
