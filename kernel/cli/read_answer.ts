/** Payloads from the host. What a module said is in them: a rumour until parsed. */
import type { Payload } from "../contract/wire.ts";
import { fault, refuse, type Result } from "../contract/fault.ts";
import { parseFault } from "../primitives/parse_fault.ts";
import { decodeValue } from "../primitives/value_codec.ts";

export function readAnswer(ok: boolean, payload: Payload): Result<unknown> {
  const decoded = decodeValue(payload);
  if (ok || !decoded.ok) return decoded;
  return refuse(parseFault(decoded.value) ?? fault("internal", "the host answered with a fault that says nothing"));
}

export function readItem(payload: Payload): Result<unknown> {
  return decodeValue(payload);
}
