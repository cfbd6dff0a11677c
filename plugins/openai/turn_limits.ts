/** Where a turn ends although the model wants more. Pure. */
import { refusedCall } from "./authority.ts";
import type { Prepared } from "./tool_style.ts";

export interface TurnLimits {
  readonly max_rounds: number;
  readonly max_turn_tokens: number;
  readonly max_result_bytes: number;
  readonly max_input_bytes: number;
}

/** As the event log is told. */
export interface LimitHit {
  readonly limit: "max_rounds" | "max_turn_tokens" | "max_input_bytes";
  readonly found: number;
  readonly allowed: number;
}

export interface Reached {
  readonly hit: LimitHit;
  readonly finish: "loop_limit" | "token_limit";
  /** Of the result that each call gets. */
  readonly code: "loop_limit" | "too_large";
  readonly message: string;
}

/** After the round of that number; undefined while there may be another. */
export function limitReached(
  round: number,
  usage: { readonly input_tokens: number; readonly output_tokens: number },
  { max_rounds, max_turn_tokens }: TurnLimits,
): Reached | undefined {
  const tokens = usage.input_tokens + usage.output_tokens;
  if (round >= max_rounds) {
    return {
      ...{ finish: "loop_limit", code: "loop_limit", hit: { limit: "max_rounds", found: round, allowed: max_rounds } },
      message: `the turn has had ${max_rounds} rounds; nothing more is called in it`,
    };
  }
  if (tokens < max_turn_tokens) return undefined;
  return {
    ...{
      finish: "token_limit",
      code: "too_large",
      hit: { limit: "max_turn_tokens", found: tokens, allowed: max_turn_tokens },
    },
    message: `the turn has taken ${tokens} of ${max_turn_tokens} tokens; nothing more is called in it`,
  };
}

/** Whether a conversation has grown too long to be sent once more; a model that reads and reads would fill the memory. */
export function sizeReached(bytes: number, { max_input_bytes }: TurnLimits): LimitHit | undefined {
  return bytes <= max_input_bytes ? undefined : { limit: "max_input_bytes", found: bytes, allowed: max_input_bytes };
}

/** Each call has exactly one result, also the one for which there is no round left. */
export function notMade(one: Prepared, { code, message }: Reached): Prepared {
  if (one.kind === "refused") return one;
  const { tool, id } = one.call;
  return { kind: "refused", id: one.id, outcome: refusedCall(tool, { code, message, retriable: false }, id) };
}
