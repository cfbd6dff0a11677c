/**
 * May this call be made, and where does it go? A pure decision; the refusals and their order are modules.md's, "A handle".
 * An AdmittedCall can exist only because this file made it: nobody downstream checks again.
 */
import { type Fault, fault, refuse } from "../contract/fault.ts";
import type { LimitHit } from "../contract/events.ts";
import { type ApiName, isApiName, isPrivateName } from "../contract/names.ts";
import { HTTP_SERVICE } from "../contract/shipped.ts";
import type { CallKind } from "../contract/wire.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import { isServiceGranted } from "./grants.ts";
import type { HoldLimits, Route, Seat } from "./seat.ts";

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
  /** How many calls of this caller the service has, or wait for it. Asked only where that decides. */
  readonly share?: () => number;
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

/** A refusal; `hit`: it was a limit of the callee's that refused. */
export type Admission =
  | { readonly ok: true; readonly value: AdmittedCall }
  | { readonly ok: false; readonly fault: Fault; readonly hit?: LimitHit };

/** Of `calls_in_flight`, for one caller: one that floods a service leaves others room. */
const SHARE = 3 / 4;

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
): Admission {
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
): Admission {
  const { api, name } = request;
  if (route === undefined || route.to === "down" || !isApiName(api)) {
    return refuse(serviceDown(api, route));
  }
  const limits = route.to === "seat" ? route.seat.limits : route.limits;
  const depth = (caller.serving?.depth ?? 0) + 1;
  const busy = route.to === "seat" ? route.seat.in_flight : held;
  // A call that is told again was admitted before; refusing it now would not undo it.
  const again = request.again === true;
  const refused = again ? undefined : refuseBusy(api, caller, limits, { depth, busy });
  if (refused !== undefined) return refused;
  const ms = Math.min(request.timeout ?? Infinity, caller.serving?.remaining_ms ?? Infinity, limits.call_timeout_ms);
  if (ms <= 0) return refuse(fault("timeout", `the time for '${api}.${name}' had passed before it was called`));
  const seat = route.to === "seat" ? route.seat : undefined;
  return { ok: true, value: { api, depth, ms, seat } as AdmittedCall };
}

/** By its depth, by how much the service has to do, and by the caller's part of that. */
function refuseBusy(
  api: string,
  caller: CallerFacts,
  { call_depth, calls_in_flight: allowed }: HoldLimits,
  { depth, busy }: { readonly depth: number; readonly busy: number },
): Admission | undefined {
  if (depth > call_depth) {
    const text = `'${caller.api}' called '${api}' at depth ${depth}; limits.call_depth allows ${call_depth}`;
    return overLimit(fault("too_deep", text), { limit: "call_depth", found: depth, allowed: call_depth }, caller);
  }
  if (busy >= allowed) {
    const text = `'${api}' has ${busy} calls in flight; limits.calls_in_flight allows ${allowed}`;
    return overLimit(fault("rate_limited", text), { limit: "calls_in_flight", found: busy + 1, allowed }, caller);
  }
  const share = Math.ceil(allowed * SHARE);
  const own = busy >= share ? caller.share?.() ?? 0 : 0;
  if (own < share) return undefined;
  const text =
    `'${caller.api}' has ${own} calls in flight at '${api}'; one caller may have ${share} of limits.calls_in_flight ${allowed}`;
  return overLimit(fault("rate_limited", text), { limit: "calls_in_flight", found: own + 1, allowed: share }, caller);
}

function overLimit(why: Fault, hit: LimitHit, { api: caller }: CallerFacts): Admission {
  return { ok: false, fault: why, hit: { ...hit, about: { caller } } };
}

/** Whether a refused call had found a live instance first: the handle's statistics count that. */
export function hadFound(route: Route | undefined, why: Fault): boolean {
  return route?.to === "seat" && why.code !== "private_name" && why.code !== "not_granted";
}
