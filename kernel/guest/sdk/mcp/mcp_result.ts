/** An outcome as MCP's clients read results: a text that a model understands, and the data beside it where they are a map. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import type { Plain } from "../../../contract/plain.ts";
import { isRecord } from "../../../primitives/check_fields.ts";
import { plainToJson } from "../../../primitives/plain_to_json.ts";
import type { ToolError, ToolOutcome } from "../mod.ts";

/** Units of one result's text: it is meant for a model's context. */
export const RESULT_UNITS = 262_144;
/** As the command line says it too. */
const STREAM: ToolError = {
  code: "invalid_params",
  message: "the answer is a stream, which only modules read",
  hint: "call it from a module, or call a method that gives a list",
  retriable: false,
};

/** A longer text is cut and says so; then there are no data beside it. A stream is refused and let go of. */
export function mcpResult(outcome: ToolOutcome, most_units: number = RESULT_UNITS): CallToolResult {
  if (outcome.status === "success" && isStream(outcome.data)) {
    void outcome.data.return?.().then(undefined, () => {});
    return failed(STREAM, most_units);
  }
  if (outcome.status === "error") return failed(outcome.error, most_units);
  const data = plainToJson(outcome.data as Plain);
  const text = typeof data === "string" ? data : JSON.stringify(data);
  const content = [{ type: "text" as const, text: cut(text, most_units) }];
  return isRecord(data) && text.length <= most_units ? { content, structuredContent: data } : { content };
}

function failed({ code, message, hint, retriable }: ToolError, most_units: number): CallToolResult {
  const said = cut(`${code}: ${message}${hint === undefined ? "" : `\nhint: ${hint}`}`, most_units);
  const error = { code, message: cut(message, most_units), ...(hint !== undefined && { hint }), retriable };
  return { content: [{ type: "text", text: said }], structuredContent: { error }, isError: true };
}

function isStream(data: unknown): data is AsyncIterator<unknown> {
  return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n[cut: the first ${most} of ${text.length} characters; ask for less at once]`;
}
