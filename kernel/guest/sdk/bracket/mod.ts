/** What a module's author imports as `meta-machine/bracket`: the Bracket Protocol (paper §5), for whoever holds a conversation with a model. */
export {
  BRACKET_LIMITS,
  type BracketBlock,
  type BracketCall,
  type BracketCode,
  type BracketError,
  type BracketLimits,
  type BracketMap,
  type BracketValue,
  type BracketWarning,
} from "./protocol.ts";
export { readTurn, TurnReader } from "./read_turn.ts";
export { type BracketOutcome, renderResult } from "./render_result.ts";
export { renderValue } from "./render_value.ts";
