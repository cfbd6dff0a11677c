import { fault as makeFault, FaultError } from "../../contract/fault.ts";

/** The codes with which a module may refuse a call; errors without one arrive as `module_error`. */
export type ModuleFaultCode =
  | "not_found"
  | "invalid_argument"
  | "conflict"
  | "quota"
  | "denied"
  | "too_large"
  | "rate_limited"
  | "approval_required"
  | "unknown_tool";

/**
 * An error to throw that reaches the caller under `code`: an expected refusal, not a defect. Say what was attempted, what was found and what would
 * have worked: `throw fault("not_found", "there is no note 'x'", { hint: "list() names the notes" })`.
 */
export function fault(
  code: ModuleFaultCode,
  message: string,
  more: { readonly hint?: string; readonly retriable?: boolean } = {},
): FaultError {
  return new FaultError(makeFault(code, message, more));
}
