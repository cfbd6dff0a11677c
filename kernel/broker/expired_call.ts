import type { LimitHit } from "../contract/events.ts";
import type { CallEntry } from "./call_ledger.ts";

/** Of a call whose deadline has passed: what did not happen in time, and the limit, where it was the service's own that set the time. */
export function expired({ api, name, caller, streams, to, started, deadline }: CallEntry): {
  readonly text: string;
  readonly hit?: LimitHit;
} {
  const ms = Math.round(deadline - started);
  if (streams !== undefined) {
    return { text: `'${caller.api}' did not begin to read the stream that '${api}.${name}' gave it` };
  }
  if (to === undefined) return { text: `'${api}' was not ready within ${ms} ms` };
  const text = `'${api}.${name}' did not answer within ${ms} ms`;
  const allowed = to.limits.call_timeout_ms;
  return ms < allowed
    ? { text }
    : { text, hit: { limit: "call_timeout_ms", found: ms, allowed, about: { caller: caller.api } } };
}
