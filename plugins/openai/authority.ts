/** Under whom a turn lists and calls tools: the caller that is served. What the kernel answers is an outcome, never a throw. */
import type { ListedTool, ToolAuthority, ToolError, ToolOutcome, ToolRequest } from "meta-machine";
import { type BracketMap, type BracketOutcome, clipOutcome, toolOutcome } from "meta-machine/bracket";

export type { ListedTool, ToolOutcome };
export type ToolCall = ToolRequest & { readonly params: Readonly<Record<string, unknown>> };

/** What a turn needs of `kernel.asCaller()`. */
export interface Authority extends Pick<ToolAuthority, "listTools"> {
  callTool(call: ToolCall, options: { readonly signal: AbortSignal }): Promise<ToolOutcome>;
}

/** An outcome as a model and a reader are shown it: in values that the protocol has, and no more of it than fits. */
export function shownOutcome(outcome: ToolOutcome, max_bytes: number): BracketOutcome {
  return clipOutcome(toolOutcome(outcome), max_bytes);
}

/** An outcome for what was not even asked of the kernel. */
export function refusedCall(result: string, error: ToolError, id?: string): BracketOutcome {
  const told = Object.entries(error).filter(([, value]) => value !== undefined);
  return { result, ...(id !== undefined && { id }), status: "error", error: Object.fromEntries(told) as BracketMap };
}
