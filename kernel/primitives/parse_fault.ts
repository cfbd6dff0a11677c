import { type Fault, fault, isFaultCode } from "../contract/fault.ts";
import { isRecord } from "./check_fields.ts";
import { clipText } from "./clip_text.ts";

/** A fault's texts travel through logs and prompts. */
export const FAULT_UNITS = 8_192;
export const NAME_UNITS = 128;

/** A fault that another process sent, decoded: its code is one of ours, its texts are clipped. Undefined when it is no fault. */
export function parseFault(value: unknown): Fault | undefined {
  if (!isRecord(value)) return undefined;
  const { code, message, hint, retriable, maybe_ran, name } = value;
  if (!isFaultCode(code) || typeof message !== "string" || typeof hint !== "string") return undefined;
  if (typeof retriable !== "boolean" || typeof maybe_ran !== "boolean") return undefined;
  if (name !== undefined && typeof name !== "string") return undefined;
  return fault(code, clipText(message, FAULT_UNITS), {
    hint: clipText(hint, FAULT_UNITS),
    retriable,
    maybe_ran,
    ...(name !== undefined && { name: clipText(name, NAME_UNITS) }),
  });
}
