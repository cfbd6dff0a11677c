import { type Fault, fault, type FaultCode } from "../../contract/fault.ts";
import { describeError, read } from "./describe_error.ts";

/** Codes with which a module may refuse; an error with any other code is the module's own error. */
const MODULE_CODES: readonly FaultCode[] = [
  "not_found",
  "invalid_argument",
  "conflict",
  "quota",
  "denied",
  "too_large",
  "rate_limited",
  "approval_required",
  "unknown_tool",
];

/** An error thrown by module code as the fault its caller gets, and what its own log keeps of it. */
export function faultOfError(
  thrown: unknown,
): { readonly fault: Fault; readonly stack: string; readonly refusal: boolean } {
  const { name, message, stack } = describeError(thrown);
  const code = codeOf(thrown);
  const log = stack ?? `${name}: ${message}`;
  if (code === undefined) {
    // A refusal that the module met itself: what would mend it helps its caller too.
    const told = fault("module_error", message, { name, maybe_ran: true, ...hintOf(thrown) });
    return { fault: told, stack: log, refusal: false };
  }
  const retriable = read(thrown as object, "retriable");
  return {
    fault: fault(code, message, {
      maybe_ran: read(thrown as object, "maybe_ran") !== false,
      ...hintOf(thrown),
      ...(typeof retriable === "boolean" && { retriable }),
    }),
    stack: log,
    refusal: true,
  };
}

function hintOf(thrown: unknown): { readonly hint?: string } {
  if (typeof thrown !== "object" || thrown === null) return {};
  const hint = read(thrown, "hint");
  return typeof hint === "string" && hint !== "" ? { hint: hint.slice(0, 1_024) } : {};
}

function codeOf(thrown: unknown): FaultCode | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const code = read(thrown, "code");
  return MODULE_CODES.find((allowed) => allowed === code);
}
