import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import type { BracketMap, BracketOutcome, BracketValue } from "../../guest/mod.ts";

const KEYS = ["result", "status", "data", "error", "id"];
const HINT =
  'for example {"result": "notes_add", "status": "success", "data": {"id": 7}}, or "status": "error" and "error": {"code": "not_found"}';

/** JSON text → what came of a call. */
export function parseOutcome(text: string): Result<BracketOutcome> {
  const wrong = (message: string) =>
    refuse(fault("invalid_argument", `the outcome cannot be used: ${message}`, { hint: HINT }));
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    return wrong(`it is no JSON: ${(error as Error).message}`);
  }
  if (!isMap(said)) return wrong("it is no object");
  const { result, status, data, error, id } = said;
  const other = Object.keys(said).find((key) => !KEYS.includes(key));
  if (other !== undefined) return wrong(`'${other}' is none of ${KEYS.join(", ")}`);
  if (typeof result !== "string" || result === "") return wrong("'result' is the tool's name");
  if (id !== undefined && typeof id !== "string") return wrong("'id' is a text");
  const head = { result, ...(id !== undefined && { id }) };
  if (status === "success" && error === undefined && data !== undefined) return ok({ ...head, status, data });
  if (status === "error" && data === undefined && isMap(error)) return ok({ ...head, status, error });
  return wrong("'status' is success, with data, or error, with an object 'error'");
}

function isMap(value: unknown): value is BracketMap & { readonly data?: BracketValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
