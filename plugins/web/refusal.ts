/** Why a request is not answered as it asks: a status, and what the body says of it. Whatever was thrown becomes one of these, and nothing else of it goes out. */
import { FaultError } from "meta-machine";

export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retriable: boolean;
  /** Whether a call behind it may have run. */
  readonly maybe_ran: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export class Refusal extends Error {
  constructor(readonly refused: Refused) {
    super(refused.message);
  }
}

type More = Partial<Pick<Refused, "hint" | "retriable" | "maybe_ran" | "headers">>;

export function refusal(status: number, code: string, message: string, more: More = {}): Refusal {
  return new Refusal({ status, code, message, hint: "", retriable: false, maybe_ran: false, headers: {}, ...more });
}

/** For what passes by itself: `seconds` until it is worth trying again. */
export function later(status: 429 | 503, message: string, seconds: number, hint: string): Refusal {
  const code = status === 429 ? "rate_limited" : "service_down";
  return refusal(status, code, message, { hint, retriable: true, headers: { "retry-after": String(seconds) } });
}

const STATUS: Readonly<Record<string, number>> = {
  private_name: 403,
  not_granted: 403,
  denied: 403,
  approval_required: 403,
  no_aspect: 404,
  no_attribute: 404,
  not_found: 404,
  unknown_tool: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  quota: 429,
  service_down: 503,
  circuit_open: 503,
  moved: 503,
  cancelled: 503,
  quarantined: 503,
  module_killed: 503,
  timeout: 504,
  invalid_argument: 400,
  invalid_params: 400,
  too_deep: 400,
};

/** The status for a fault's code, or for a tool's outcome; what has none of its own is the service's affair. */
export function statusOf(code: string): number {
  return STATUS[code] ?? 500;
}

/** Of an error that is neither a refusal nor a fault nobody outside learns more than that there was one. */
export function refusedOf(error: unknown): Refused {
  if (error instanceof Refusal) return error.refused;
  if (error instanceof FaultError) {
    const { code, message, hint, retriable, maybe_ran } = error;
    const status = statusOf(code);
    const headers: Record<string, string> = status === 429 ? { "retry-after": "1" } : {};
    return { status, code, message, hint, retriable, maybe_ran, headers };
  }
  return refusal(500, "internal", "the web module failed to answer", { maybe_ran: true, hint: "its log says why" })
    .refused;
}
