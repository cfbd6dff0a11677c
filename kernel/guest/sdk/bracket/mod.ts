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
export { asBracket } from "./as_bracket.ts";
export type { CatalogTool } from "./catalog/catalog_tool.ts";
export { type FunctionDefinition, functionDefinitions } from "./catalog/function_definitions.ts";
export { type McpTool, mcpTools } from "./catalog/mcp_tools.ts";
export { toolsPrompt } from "./catalog/tools_prompt.ts";
export { clipOutcome } from "./clip_outcome.ts";
export {
  faultOutcome,
  invalidParams,
  overBudget,
  type ParamMisfit,
  succeeded,
  toolOutcome,
  unknownTool,
  unreadable,
} from "./make_outcome.ts";
export { readTurn, TurnReader } from "./read_turn.ts";
export { type BracketOutcome, renderResult, renderResults } from "./render_result.ts";
export { renderValue } from "./render_value.ts";
export {
  moreCalls,
  nextRound,
  NOTHING_USED,
  TURN_LIMITS,
  type TurnLimits,
  type TurnStep,
  type TurnUse,
} from "./turn_budget.ts";
