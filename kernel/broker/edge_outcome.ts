/** What a call's end tells: of the edge that it took, and of whether its code has run. */
import type { Fault } from "../contract/fault.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { EdgeOutcome } from "./circuit_table.ts";

/** Of a service's `call_timeout_ms`: who gave it less than this and got no answer has not found that it does not answer. */
const PATIENCE = 1 / 2;

/** A call that had little of its time tells nothing: whose call its caller serves would cut others off. */
export function edgeOutcome({ to, started, deadline }: CallEntry, { code }: Fault): EdgeOutcome {
  if (to === undefined) return "untried";
  if (code === "timeout") return deadline - started < to.limits.call_timeout_ms * PATIENCE ? "untried" : code;
  return code === "module_killed" ? code : "untried";
}

/** Not while pieces of it are missing at its callee. */
export function mayHaveRun({ to, more_to_come }: CallEntry): boolean {
  return to !== undefined && !more_to_come;
}
