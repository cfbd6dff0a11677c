import type { Fault } from "../../contract/fault.ts";
import type { Answer } from "./served_calls.ts";

/** A fault as an answer that travels like a module's own. */
export function refusal(fault: Fault): Answer & { readonly ok: false } {
  return { ok: false, code: fault.code, payload: faultPayload(fault) };
}

/** A fault as a payload. */
export function faultPayload(fault: Fault): string {
  return JSON.stringify(fault);
}
