/** `/api/tools`: what the principal may call, and one call of a tool with exactly one outcome. */
import type { ToolRequest } from "meta-machine";
import { plainJson } from "./plain_json.ts";
import { refusal, statusOf } from "./refusal.ts";
import type { Visit } from "./visit.ts";

export async function answerCatalog(visit: Visit): Promise<Response> {
  return visit.answer({ tools: await visit.bearer.listTools() });
}

/** The outcome is the body whatever became of it; the status says the same to those who look at nothing else. */
export async function answerTool(visit: Visit): Promise<Response> {
  const outcome = await visit.bearer.callTool(parseToolRequest(await visit.json()));
  if (outcome.status === "success") return visit.answer({ ...outcome, data: plainJson(outcome.data) });
  return visit.answer(outcome, statusOf(outcome.error.code));
}

function parseToolRequest({ tool, params = {}, id }: Readonly<Record<string, unknown>>): ToolRequest {
  if (typeof tool !== "string" || tool === "") throw misfit("tool", 'a text, for example "tool": "notes_add"');
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw misfit("params", 'a map, for example "params": {"text": "buy milk"}');
  }
  if (id !== undefined && typeof id !== "string") throw misfit("id", "a text, or leave it out");
  return { tool, params: params as Record<string, unknown>, ...id !== undefined && { id } };
}

function misfit(name: string, works: string) {
  return refusal(400, "invalid_argument", `"${name}" is missing or of another type`, { hint: `pass ${works}` });
}
