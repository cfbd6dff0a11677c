import type { ApiName } from "../contract/names.ts";
import { fault, type FaultCode } from "../contract/fault.ts";
import type { Rejection } from "../contract/spec.ts";

/** Where a refusal points and what else is known of it. */
export interface RejectionFacts {
  readonly line?: number | undefined;
  readonly api?: ApiName | undefined;
  readonly code?: FaultCode;
  readonly hint?: string;
}

/** Refuses a file (or folder) by name: the message begins with `file:line`. */
export function reject(file: string, message: string, { line, api, code, hint }: RejectionFacts = {}): Rejection {
  const place = line === undefined ? file : `${file}:${line}`;
  return Object.freeze({
    file,
    ...(line !== undefined && { line }),
    ...(api !== undefined && { api }),
    fault: fault(code ?? "config_invalid", `${place}: ${message}`, hint === undefined ? {} : { hint }),
  });
}
