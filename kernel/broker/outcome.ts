/** How an outcome looks on its way back to the caller. */
import { type Fault, fault, type FaultCode, isFaultCode } from "../contract/fault.ts";
import type { CellMessage, KernelMessage, Payload } from "../contract/wire.ts";

/**
 * Codes that a module's own side may give: its own, and what its shell says of it. The rest are the kernel's words and become `module_error`
 * in a module's mouth.
 */
const FROM_A_CELL: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "module_error",
  "module_killed",
  "moved",
  "private_name",
  "no_aspect",
  "no_attribute",
  "invalid_argument",
  "unknown_tool",
  "not_found",
  "conflict",
  "quota",
  "denied",
  "too_large",
  "too_deep",
  "rate_limited",
  "approval_required",
  "cancelled",
  "timeout",
]);

export function faultPayload(f: Fault): string {
  return JSON.stringify(f);
}

/** The kernel's own refusal. `live`: a live instance had been found (the handle counts it). */
export function refusal(id: number, f: Fault, live: boolean): { header: KernelMessage; payload: Payload } {
  return { header: { t: "reply", id, ok: false, live, code: f.code }, payload: faultPayload(f) };
}

/** A callee's reply, readdressed to the caller's number. The payload is passed on unread. */
export function relayed(id: number, reply: Extract<CellMessage, { t: "reply" }>): KernelMessage {
  const more = reply.more === true && { more: true as const };
  const { streams } = reply;
  if (reply.ok) return { t: "reply", id, ok: true, live: true, ...more, ...(streams !== undefined && { streams }) };
  const code = isFaultCode(reply.code) && FROM_A_CELL.has(reply.code) ? reply.code : "module_error";
  return { t: "reply", id, ok: false, live: true, code, ...more };
}

export function doesNotRead(api: string, maybe_ran = false): Fault {
  return fault("rate_limited", `'${api}' does not read what it is sent; its queue is full`, { maybe_ran });
}
