/** A turn as a stream of items; its end is the last of them. */
import { runTurn, type Turn } from "./run_turn.ts";
import type { TurnItem } from "./turn_items.ts";

/** One item of a stream is bounded: what the turn adds to the conversation goes along where it is shorter. */
const ADDED = 131_072;

export async function* streamedTurn(turn: Turn): AsyncGenerator<TurnItem, void> {
  const { text: _, messages, ...end } = yield* runTurn(turn);
  const fits = JSON.stringify(messages).length <= ADDED;
  yield { kind: "done", ...end, ...(fits && { messages }) };
}
