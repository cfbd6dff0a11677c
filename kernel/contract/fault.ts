/** A fault is an expected refusal and travels as a value. Codes are a closed list; texts are interface. */

/** What each code means for the one who called: may trying again help, and what is the next move. */
interface FaultRule {
  readonly retriable: boolean;
  readonly hint: string;
}

export const FAULTS = {
  private_name: {
    retriable: false,
    hint: "call a public method; names that begin with '_' belong to the module itself",
  },
  not_granted: { retriable: false, hint: "add the grant to the caller's config file" },
  service_down: { retriable: true, hint: "see `status` and `events` for why the service is not running" },
  no_aspect: {
    retriable: false,
    hint: "ask for an aspect that the service's getAspect() returns, for example 'default'",
  },
  no_attribute: { retriable: false, hint: "call a method that the service has; `tools` lists its tools" },
  invalid_argument: {
    retriable: false,
    hint: "pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects",
  },
  timeout: {
    retriable: true,
    hint: "the call may still have had its effect; raise limits.call_timeout_ms of the service if it needs longer",
  },
  cancelled: { retriable: true, hint: "the caller gave the call up" },
  too_deep: { retriable: false, hint: "calls that serve calls may nest limits.call_depth deep; break the circle" },
  too_large: { retriable: false, hint: "send less at once, or raise limits.message_bytes of the receiver" },
  rate_limited: {
    retriable: true,
    hint: "wait for answers before calling again; limits.calls_in_flight bounds calls at once",
  },
  circuit_open: { retriable: true, hint: "the service failed repeatedly; it is tried again by itself" },
  moved: { retriable: true, hint: "the instance that served this call has been replaced; call again" },
  module_error: { retriable: false, hint: "the service threw this error; its log has the stack" },
  module_killed: { retriable: true, hint: "the service's process ended while it served the call; see `events`" },
  load_failed: { retriable: false, hint: "mend the module's source; `logs` has the details" },
  config_invalid: { retriable: false, hint: "mend the file; what ran before keeps running" },
  quarantined: { retriable: false, hint: "it failed too often; see `logs`, mend it, then `quarantine lift`" },
  conflict: { retriable: true, hint: "something changed meanwhile; read again and retry" },
  vessel_leak: { retriable: false, hint: "store plain data only" },
  quota: { retriable: false, hint: "free something, or raise the limit in the config" },
  approval_required: { retriable: true, hint: "the operator has to approve this" },
  denied: { retriable: false, hint: "the operator refused this" },
  unknown_tool: { retriable: false, hint: "`tools` lists what there is" },
  not_found: { retriable: false, hint: "check the name; `status` lists modules, `tools` lists tools" },
  internal: { retriable: false, hint: "this is a defect of the host; please report it with the log" },
} as const satisfies Record<string, FaultRule>;

export type FaultCode = keyof typeof FAULTS;

/** An expected refusal. `name` is the class of an error that a module threw; it is not part of the JSON shape. */
export interface Fault {
  readonly code: FaultCode;
  readonly message: string;
  readonly hint: string;
  readonly retriable: boolean;
  /** Whether the call may have had its effect. */
  readonly maybe_ran: boolean;
  readonly name?: string;
}

/** Makes a fault; hint and retriable come from the code unless given. */
export function fault(
  code: FaultCode,
  message: string,
  more: { hint?: string; retriable?: boolean; maybe_ran?: boolean; name?: string } = {},
): Fault {
  const rule = FAULTS[code];
  return Object.freeze({
    code,
    message,
    hint: more.hint ?? rule.hint,
    retriable: more.retriable ?? rule.retriable,
    maybe_ran: more.maybe_ran ?? false,
    ...(more.name !== undefined && { name: more.name }),
  });
}

export function isFaultCode(text: unknown): text is FaultCode {
  return typeof text === "string" && Object.hasOwn(FAULTS, text);
}

/** The shape a fault has in JSON, on the command line and in events. */
export function faultJson(f: Fault): { error: Omit<Fault, "name"> } {
  const { code, message, hint, retriable, maybe_ran } = f;
  return { error: { code, message, hint, retriable, maybe_ran } };
}

/** A fault as an exception, for code that has to throw: it must not outlive the nearest boundary. */
export class FaultError extends Error {
  override readonly name: string;
  readonly code: FaultCode;
  readonly hint: string;
  readonly retriable: boolean;
  readonly maybe_ran: boolean;
  constructor(readonly fault: Fault) {
    super(fault.message);
    this.name = fault.name ?? "FaultError";
    this.code = fault.code;
    this.hint = fault.hint;
    this.retriable = fault.retriable;
    this.maybe_ran = fault.maybe_ran;
  }
}

/** Success or a fault, as a value. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}
export function refuse<T = never>(f: Fault): Result<T> {
  return { ok: false, fault: f };
}
