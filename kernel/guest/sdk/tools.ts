/** Tools as a module that leads a conversation lists and calls them: types only. */

/** A tool as a model is shown it. */
export interface ListedTool {
  readonly name: string;
  readonly api: string;
  readonly description: string;
  /** JSON Schema 2020-12 of the params map. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What its module says of it; nobody vouches for that. */
  readonly readOnly: boolean;
  readonly destructive: boolean;
}

/** A tool that a model asks for. */
export interface ToolRequest {
  readonly tool: string;
  /** Default: none. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** The model's own name for this request; comes back with the outcome. */
  readonly id?: string;
}

/** What came of it: exactly one for each request. `code` is one of the Bracket Protocol's. */
export type ToolOutcome =
  | { readonly result: string; readonly id?: string; readonly status: "success"; readonly data: unknown }
  | { readonly result: string; readonly id?: string; readonly status: "error"; readonly error: ToolError };

export interface ToolError {
  readonly code: string;
  readonly message: string;
  readonly retriable: boolean;
  readonly hint?: string;
}

/** Tools under one authority: a module's own, that of the conversation which it serves, or a token's. */
export interface ToolAuthority {
  /** What this authority may call, and nothing else; by name. */
  listTools(): Promise<readonly ListedTool[]>;
  /**
   * Asks for a tool as a model does: by its name, with an approval where the operator wants to be asked. Refusals (`denied`, `unknown_tool`, `invalid_params`,
   * `approval_required`, …) are outcomes too. Rejects only with the signal's reason.
   */
  callTool(request: ToolRequest, options?: { readonly signal?: AbortSignal }): Promise<ToolOutcome>;
}
