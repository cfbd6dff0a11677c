import type { Fault } from "../../contract/fault.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import type { Answer } from "./served_calls.ts";

/** A fault as an answer that travels like a module's own. */
export function refusal(fault: Fault): Answer & { readonly ok: false } {
  return { ok: false, code: fault.code, payload: faultPayload(fault) };
}

/** A fault as a payload. */
export function faultPayload(fault: Fault): Uint8Array {
  const encoded = encodeValue(fault);
  return encoded.ok ? encoded.value : new Uint8Array(0);
}
