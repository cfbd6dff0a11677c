/** What a model reads of a tool that it asked for. */
import type { Fault, FaultCode } from "../../contract/fault.ts";
import type { ToolOutcome, ToolRequest } from "./tools.ts";

/** The Bracket Protocol's words for two faults; all others keep their names. */
const CODES = Object.freeze({
  __proto__: null,
  module_error: "tool_error",
  invalid_argument: "invalid_params",
}) as Partial<Record<FaultCode, string>>;

export function toolSucceeded(request: ToolRequest, data: unknown): ToolOutcome {
  return { ...named(request), status: "success", data };
}

export function toolFailed(
  request: ToolRequest,
  { code, message, retriable, hint }: Pick<Fault, "code" | "message" | "retriable" | "hint">,
): ToolOutcome {
  return { ...named(request), status: "error", error: { code: CODES[code] ?? code, message, retriable, hint } };
}

/** Whatever came as a request: it is a model's, by way of its conversation. */
function named(request: unknown): { readonly result: string; readonly id?: string } {
  const { tool, id } = Object(request) as Record<string, unknown>;
  return { result: typeof tool === "string" ? tool : "", ...(typeof id === "string" && { id }) };
}
