/** A call that is made in a principal's or a conversation's name, as its request reads from then on. */
import type { Caller } from "../contract/wire.ts";
import type { OfferedTool } from "../contract/tool_spec.ts";
import type { Called } from "./admission.ts";
import type { CallerFacts } from "./admit_call.ts";
import { APPROVAL_MS } from "./approvals.ts";
import type { Authority } from "./authority.ts";
import type { CallEntry } from "./call_ledger.ts";

/** A call of a tool that came under its name alone: whose it is, is in the place where any call has it. */
export type NamedCall = Called & { readonly tool?: string };

export interface BoundCall {
  readonly message: NamedCall;
  /** As its callee sees who calls. */
  readonly caller: Caller;
  /** What bounds it, and what is done in its caller's name. */
  readonly as: Pick<CallerFacts, "api" | "config" | "services">;
  readonly under: CallEntry["under"];
  /** A person has to say yes to this one first. */
  readonly asks?: OfferedTool;
}

/** Of whoever showed a token: any method that its principal may call. */
export function boundCall(message: Called, { api, principal, config, bounds }: Authority): BoundCall {
  const [services = []] = bounds;
  return { message, caller: { api, principal }, as: { api, config, services }, under: bounds };
}

/** A tool that its authority may call. */
export function boundTool(message: NamedCall, { api, principal, config, bounds }: Authority): BoundCall {
  // Whether it may was decided when it was bound.
  return { message, caller: { api, principal }, as: { api, config, services: "all" }, under: bounds };
}

/** A person may take longer than a service, if who asks waits as long. */
export function askingMs({ timeout }: Called, remaining_ms: number | undefined): number {
  return Math.min(APPROVAL_MS, timeout ?? Infinity, remaining_ms ?? Infinity);
}
