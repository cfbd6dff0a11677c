/** Under whom a turn lists and calls tools: the caller that is served. What the kernel answers is an outcome, never a throw. */
import { type BracketMap, type BracketOutcome, type CatalogTool, clipOutcome, succeeded } from "meta-machine/bracket";

export type ListedTool = CatalogTool;

export interface ToolCall {
  readonly tool: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/** As the kernel gives it: its data may be anything that a handle gives. */
export type ToolOutcome =
  & { readonly result: string; readonly id?: string }
  & ({ readonly status: "success"; readonly data: unknown } | { readonly status: "error"; readonly error: ToolError });

export interface ToolError {
  readonly code: string;
  readonly message: string;
  readonly retriable: boolean;
  readonly hint?: string;
}

export interface Authority {
  listTools(): Promise<readonly ListedTool[]>;
  callTool(call: ToolCall, options: { readonly signal: AbortSignal }): Promise<ToolOutcome>;
}

/** An outcome as a model and a reader are shown it: in values that the protocol has, and no more of it than fits. */
export function shownOutcome(outcome: ToolOutcome, max_bytes: number): BracketOutcome {
  const { result, id } = outcome;
  const called = { call: result, ...(id !== undefined && { id }) };
  if (outcome.status === "error") return clipOutcome(refusedCall(result, outcome.error, id), max_bytes);
  return clipOutcome(succeeded(called, outcome.data as Parameters<typeof succeeded>[1]), max_bytes);
}

/** An outcome for what was not even asked of the kernel. */
export function refusedCall(result: string, error: ToolError, id?: string): BracketOutcome {
  const told = Object.entries(error).filter(([, value]) => value !== undefined);
  return { result, ...(id !== undefined && { id }), status: "error", error: Object.fromEntries(told) as BracketMap };
}
