/** How much of a conversation a model may keep going by itself: pure counting, whoever holds the conversation asks before each step. */
import { BRACKET_LIMITS } from "./protocol.ts";

export interface TurnLimits {
  /** Calls of one answer of the model, in all its blocks. */
  readonly calls: number;
  /** Answers with calls until the model must answer without, since a person last said something. */
  readonly rounds: number;
}

export const TURN_LIMITS: TurnLimits = Object.freeze({
  calls: BRACKET_LIMITS.calls,
  rounds: 16, // a model that calls the same tool for ever would never come back to its person
});

/** What has been used since a person last said something. */
export interface TurnUse {
  readonly rounds: number;
  /** In the round under way. */
  readonly calls: number;
}

/** A person has said something. */
export const NOTHING_USED: TurnUse = Object.freeze({ rounds: 0, calls: 0 });

export type TurnStep =
  | { readonly ok: true; readonly use: TurnUse }
  | { readonly ok: false; readonly code: "loop_limit" | "too_many_calls"; readonly message: string };

/** The model has answered with calls once more. */
export function nextRound({ rounds }: TurnUse, limits: Partial<TurnLimits> = {}): TurnStep {
  const most = limits.rounds ?? TURN_LIMITS.rounds;
  return rounds < most ? { ok: true, use: Object.freeze({ rounds: rounds + 1, calls: 0 }) } : {
    ok: false,
    code: "loop_limit",
    message: `calls were made in ${most} rounds, and a turn has no more; answer with what is known`,
  };
}

/** So many more calls of this round: all of them, or none. */
export function moreCalls({ rounds, calls }: TurnUse, wanted: number, limits: Partial<TurnLimits> = {}): TurnStep {
  const most = limits.calls ?? TURN_LIMITS.calls;
  return calls + wanted <= most ? { ok: true, use: Object.freeze({ rounds, calls: calls + wanted }) } : {
    ok: false,
    code: "too_many_calls",
    message: `more than ${most} calls in one turn; wait for results before making more`,
  };
}
