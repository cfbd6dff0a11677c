import { type Fault, fault, type FaultCode, isFaultCode, type Result } from "../../contract/fault.ts";
import type { Plain } from "../../contract/plain.ts";
import { decodeValue } from "../../primitives/value_codec.ts";

/** What a call answered. */
export function valueOfReply(payload: Uint8Array): Result<Plain> {
  return decodeValue(payload);
}

/** Why a call was refused or failed. The code of the header counts; the payload says the rest, as far as it can be read. */
export function faultOfReply(reply: { readonly code?: FaultCode; readonly payload: Uint8Array }): Fault {
  const told = decodeValue(reply.payload);
  const map = told.ok && typeof told.value === "object" && told.value !== null ? told.value : {};
  const { code, message, hint, retriable, maybe_ran, name } = map as Record<string, unknown>;
  const known = reply.code ?? (isFaultCode(code) ? code : "internal");
  return fault(known, typeof message === "string" ? message : "the call failed without a message", {
    ...(typeof hint === "string" && { hint }),
    ...(typeof retriable === "boolean" && { retriable }),
    maybe_ran: maybe_ran !== false,
    ...(typeof name === "string" && { name }),
  });
}
