/**
 * May this call be made, and where does it go? A pure decision; the refusals and their order are modules.md's, "A handle".
 * An AdmittedCall can exist only because this file made it: nobody downstream checks again.
 */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import { type ApiName, isApiName, isPrivateName } from "../contract/names.ts";
import { HTTP_SERVICE } from "../contract/shipped.ts";
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
  /** Known already at the seat it goes to. */
  readonly again?: boolean;
}

/** What of the caller matters here. */
export interface CallerFacts {
  readonly api: string;
  readonly config: string;
  readonly services: readonly ServiceGrant[] | "all";
  /** Grants that bound the call besides: of those in whose name it acts. */
  readonly under?: readonly (readonly ServiceGrant[])[];
  /** Depth and remaining milliseconds of the call being served, if there is one. */
  readonly serving?: { readonly depth: number; readonly remaining_ms: number } | undefined;
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
export function notGrantedToCaller(caller: string, api: string): Fault {
  return fault("not_granted", `'${caller}' may not call '${api}' for the caller that it serves`, {
    hint: `whoever asked '${caller}' for this needs a grant for '${api}' too`,
  });
}
export function serviceDown(api: string, route: Route | undefined): Fault {
  const because = route?.to === "down" ? route.because : undefined;
  const message = `Service '${api}' is not active or failed to load.`;
  if (because === "quarantined") return fault("quarantined", message);
  if (because === "failed") return fault("service_down", message, { hint: refusedHint(api) });
  if (route !== undefined) return fault("service_down", message);
  return fault("service_down", message, { hint: api === HTTP_SERVICE.api ? NO_HTTP : UNCLAIMED });
}
/** Not why: that may show the source, which not every caller may see. */
function refusedHint(api: string): string {
  return `its newest source was refused or failed to load: \`status ${api}\` says why, \`logs ${api}\` has more`;
}
const NO_HTTP =
  "`fetch` goes through the http service, and no config of this home names it; add configs/services/http.yml: " +
  `{api: ${HTTP_SERVICE.api}, prog: ${HTTP_SERVICE.prog}, start: on_call, grants: {builtins: ["node:net", "node:tls", "node:dns"]}}`;
const UNCLAIMED =
  "no config that could be read claims this name; `status` lists what there is, `events` tells which configs were refused";

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
  if (caller.under?.some((services) => !isServiceGranted(services, api, aspect, name))) {
    return refuse(notGrantedToCaller(caller.api, api));
  }
  return admitWithin(request, caller, route, held);
}

/** The bounds alone: for calls whose right is another than a grant, such as that to a function which was lent. */
export function admitWithin(
  request: CallRequest,
  caller: CallerFacts,
  route: Route | undefined,
  held: number,
): Result<AdmittedCall> {
  const { api, name } = request;
  if (route === undefined || route.to === "down" || !isApiName(api)) {
    return refuse(serviceDown(api, route));
  }
  const limits = route.to === "seat" ? route.seat.limits : route.limits;
  const depth = (caller.serving?.depth ?? 0) + 1;
  const busy = route.to === "seat" ? route.seat.in_flight : held;
  // A call that is told again was admitted before; refusing it now would not undo it.
  const again = request.again === true;
  if (!again && depth > limits.call_depth) {
    return refuse(
      fault(
        "too_deep",
        `'${caller.api}' called '${api}' at depth ${depth}; limits.call_depth allows ${limits.call_depth}`,
      ),
    );
  }
  if (!again && busy >= limits.calls_in_flight) {
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

/** Whether a refused call had found a live instance first: the handle's statistics count that. */
export function hadFound(route: Route | undefined, why: Fault): boolean {
  return route?.to === "seat" && why.code !== "private_name" && why.code !== "not_granted";
}
