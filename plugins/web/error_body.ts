/** The same refusal in two shapes: a fault as the command line shows it, and an error as clients of OpenAI's interface read it. */
import type { Refused } from "./refusal.ts";

export function faultBody({ code, message, hint, retriable, maybe_ran }: Refused) {
  return { error: { code, message, hint, retriable, maybe_ran } };
}

/** Those clients show the message alone, so the hint stands in it. */
export function openAiBody({ status, code, message, hint }: Refused) {
  return {
    error: { message: hint === "" ? message : `${message} (${hint})`, type: typeOf(status), param: null, code },
  };
}

function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "server_error";
}

export function errorBody(path: string, refused: Refused): unknown {
  return path.startsWith("/v1/") ? openAiBody(refused) : faultBody(refused);
}
