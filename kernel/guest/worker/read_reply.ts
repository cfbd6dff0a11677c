import { type Fault, fault, type FaultCode, isFaultCode, type Result } from "../../contract/fault.ts";
import type { Payload } from "../../contract/wire.ts";
import type { Borrow } from "../../primitives/revive_tags.ts";
import type { Plain } from "../../contract/plain.ts";
import { decodeValue } from "../../primitives/value_codec.ts";

/** What a call answered. */
export function valueOfReply(payload: Payload, borrow?: Borrow): Result<Plain> {
  return decodeValue(payload, borrow);
}

/** Why a call was refused or failed. The code of the header counts; the payload says the rest, as far as it can be read. */
export function faultOfReply(reply: { readonly code?: FaultCode; readonly payload: Payload }): Fault {
  return readFault(reply.code, reply.payload);
}

/** A fault as a payload tells it; undefined code: the one it names itself. */
export function readFault(told_code: FaultCode | undefined, payload: Payload): Fault {
  const told = decodeValue(payload);
  const map = told.ok && typeof told.value === "object" && told.value !== null ? told.value : {};
  const { code, message, hint, retriable, maybe_ran, name } = map as Record<string, unknown>;
  const known = told_code ?? (isFaultCode(code) ? code : "internal");
  return fault(known, typeof message === "string" ? message : "the call failed without a message", {
    ...(typeof hint === "string" && { hint }),
    ...(typeof retriable === "boolean" && { retriable }),
    maybe_ran: maybe_ran !== false,
    ...(typeof name === "string" && { name }),
  });
}
