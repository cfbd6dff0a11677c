/**
 * May this call be made, and where does it go? A pure decision; the refusals and their order are modules.md's, "A handle".
 * An AdmittedCall can exist only because this file made it: nobody downstream checks again.
 */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import { type ApiName, isApiName, isPrivateName, KERNEL_API, OPERATOR } from "../contract/names.ts";
import type { CallKind } from "../contract/wire.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import { isServiceGranted } from "./grants.ts";
import type { Route, Seat } from "./seat.ts";

export interface CallRequest {
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
  /** Milliseconds the caller gives it, if it said so. */
  readonly timeout?: number;
}

/** What of the caller matters here. */
export interface CallerFacts {
  readonly api: string;
  readonly config: string;
  readonly services: readonly ServiceGrant[] | "all";
  /** Depth and remaining milliseconds of the call being served, if there is one. */
  readonly serving?: { readonly depth: number; readonly remaining_ms: number };
}

declare const admitted: unique symbol;
/** A call that may be made. */
export interface AdmittedCall {
  readonly [admitted]: true;
  readonly api: ApiName;
  readonly depth: number;
  readonly ms: number;
  /** The seat that takes it now, or undefined: hold it. */
  readonly seat: Seat | undefined;
}

export function privateName(name: string): Fault {
  return fault("private_name", `Access to private attribute '${name}' is not allowed`);
}
export function notGranted(caller: string, api: string, config: string): Fault {
  return fault("not_granted", `'${caller}' may not call '${api}'`, {
    hint: `add to ${config}: grants: {services: [${api}]}`,
  });
}
export function serviceDown(api: string, quarantined: boolean): Fault {
  return fault(quarantined ? "quarantined" : "service_down", `Service '${api}' is not active or failed to load.`);
}

/** `route` is undefined when nothing claims the api; `held` is how many calls wait for it already. */
export function admitCall(
  request: CallRequest,
  caller: CallerFacts,
  route: Route | undefined,
  held: number,
): Result<AdmittedCall> {
  const { api, aspect, name } = request;
  if (isPrivateName(name)) return refuse(privateName(name));
  if (caller.services !== "all" && !isServiceGranted(caller.services, api, aspect, name)) {
    return refuse(notGranted(caller.api, api, caller.config));
  }
  if (route === undefined || route.to === "down" || !isApiName(api)) {
    return refuse(serviceDown(api, route?.to === "down" && route.quarantined));
  }
  const limits = route.to === "seat" ? route.seat.limits : route;
  const depth = (caller.serving?.depth ?? 0) + 1;
  if (route.to === "seat" && depth > route.seat.limits.call_depth) {
    return refuse(
      fault(
        "too_deep",
        `'${caller.api}' called '${api}' at depth ${depth}; limits.call_depth allows ${route.seat.limits.call_depth}`,
      ),
    );
  }
  const busy = route.to === "seat" ? route.seat.in_flight : held;
  if (busy >= limits.calls_in_flight) {
    return refuse(
      fault(
        "rate_limited",
        `'${api}' has ${busy} calls in flight; limits.calls_in_flight allows ${limits.calls_in_flight}`,
      ),
    );
  }
  const ms = Math.min(request.timeout ?? Infinity, caller.serving?.remaining_ms ?? Infinity, limits.call_timeout_ms);
  if (ms <= 0) return refuse(fault("timeout", `the time for '${api}.${name}' had passed before it was called`));
  const seat = route.to === "seat" ? route.seat : undefined;
  return { ok: true, value: { api, depth, ms, seat } as AdmittedCall };
}

/** True for names that no module can have: the operator and the kernel itself. */
export function isHostName(name: string): boolean {
  return name === OPERATOR || name === KERNEL_API;
}
