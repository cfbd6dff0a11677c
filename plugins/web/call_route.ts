/** `POST /api/call`: one method of one service, under the principal's grants. */
import { refusal } from "./refusal.ts";
import { plainJson } from "./plain_json.ts";
import type { Visit } from "./visit.ts";

export async function answerCall(visit: Visit): Promise<Response> {
  const { api, method, args, aspect } = parseCall(await visit.json());
  const service = visit.bearer.getApi(api);
  const face = aspect === undefined ? service : service.asAspect(aspect);
  return visit.answer({ result: plainJson(await face.call(method, ...args)) });
}

interface Asked {
  readonly api: string;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly aspect: string | undefined;
}

/** The host's own names (`@kernel`, `@tools`) are no apis. */
const API = /^[A-Za-z][A-Za-z0-9_/-]{0,131}$/;

/** Tools are refused here: their operator may want to be asked, and a call of a service does not ask him. */
export function parseCall({ api, method, args = [], aspect }: Readonly<Record<string, unknown>>): Asked {
  if (typeof api !== "string" || !API.test(api)) throw misfit("api", 'a text, for example "api": "notes"');
  if (typeof method !== "string" || method === "") throw misfit("method", 'a text, for example "method": "add"');
  if (!Array.isArray(args)) throw misfit("args", 'a list, for example "args": ["buy milk"]');
  if (aspect !== undefined && typeof aspect !== "string") throw misfit("aspect", "a text, or leave it out");
  if (aspect === "tool") {
    throw refusal(400, "invalid_argument", "tools are not called here", {
      hint: 'POST /api/tools {"tool": "notes_add", "params": {…}}: there the operator is asked where he wants to be',
    });
  }
  return { api, method, args, aspect };
}

function misfit(name: string, works: string) {
  return refusal(400, "invalid_argument", `"${name}" is missing or of another type`, { hint: `pass ${works}` });
}
