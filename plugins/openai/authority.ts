/** Under whom a turn lists and calls tools: the caller that is served. What the kernel answers is an outcome, never a throw. */

export interface ListedTool {
  readonly name: string;
  readonly api: string;
  readonly description: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly destructive: boolean;
}

export interface ToolCall {
  readonly tool: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

export interface ToolError {
  readonly code: string;
  readonly message: string;
  readonly retriable?: boolean;
  readonly hint?: string;
  readonly line?: number;
  readonly column?: number;
}

export type ToolOutcome =
  & { readonly result: string; readonly id?: string }
  & ({ readonly status: "success"; readonly data: unknown } | { readonly status: "error"; readonly error: ToolError });

export interface Authority {
  listTools(): Promise<readonly ListedTool[]>;
  callTool(call: ToolCall, options: { readonly signal: AbortSignal }): Promise<ToolOutcome>;
}

/** An outcome for what was not even asked of the kernel. */
export function refusedCall(result: string, error: ToolError, id?: string): ToolOutcome {
  return { result, ...(id !== undefined && { id }), status: "error", error };
}
