/**
 * In whose name a call is made. A model's calls are its conversation's, and a conversation acts as a principal: the one at the root of the calls being served, as
 * far as every module between may speak for others (`grants.kernel: [tools]`). The first that may not is the authority itself: so nobody lends a model more
 * than he has, and a module that was asked for an answer lends it nothing at all.
 */
import { fault, refuse, type Result } from "../contract/fault.ts";
import { CONSOLE, OPERATOR, PRINCIPALS_FILE, principalStamp } from "../contract/names.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import type { Lends } from "../contract/wire.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { Seat } from "./seat.ts";

type Services = readonly ServiceGrant[];

/** Who there is besides modules, and what each may call now. */
export interface Principals {
  principal(name: string): Services | undefined;
  /** Whose token that is, of those that were shown and checked. */
  bearer(token: string): string | undefined;
}

/** Where there are modules alone. */
export const NOBODY: Principals = Object.freeze({ principal: () => undefined, bearer: () => undefined });

export interface Authority {
  /** The caller as services see it: a module's api, or a principal's name behind `@`. */
  readonly api: string;
  readonly principal: string;
  /** Where a grant would be added. */
  readonly config: string;
  /** Each of them has to allow a call. */
  readonly bounds: readonly Services[];
}

/** By what the call says of itself. `parent`: the call being served, where the seat serves it in truth. */
export function toolAuthority(
  seat: Seat,
  lends: Pick<Lends, "as_caller" | "bearer"> | undefined,
  parent: CallEntry | undefined,
  principals: Principals,
): Result<Authority> {
  if (lends?.bearer !== undefined) return bearerAuthority(seat, lends.bearer, principals);
  if (!lends?.as_caller) return { ok: true, value: ownAuthority(seat, []) };
  if (parent === undefined) {
    return refuse(
      fault("not_granted", `'${seat.api}' can't call tools for a caller: it serves no call`, {
        hint: "use kernel.callTool() there, which acts for the module itself",
      }),
    );
  }
  // Who may not speak for others calls for them only what it may call itself.
  const own = speaksForOthers(seat) ? [] : [seat.grants.services];
  return conversationOf(parent, own, principals);
}

/** Of a call that shows a token: only modules that serve strangers may. */
export function bearerAuthority(seat: Seat, token: string, principals: Principals): Result<Authority> {
  if (!seat.grants.kernel.includes("bearer")) {
    return refuse(
      fault("not_granted", `'${seat.api}' may not act for who shows a token`, {
        hint: `add to ${seat.config}: grants: {kernel: [bearer]}`,
      }),
    );
  }
  const name = principals.bearer(token);
  const found = name === undefined ? undefined : principals.principal(name);
  if (found !== undefined) return { ok: true, value: principalAuthority(name!, found, []) };
  const why = name === undefined
    ? "no token like that was shown to this kernel, or it was revoked"
    : `its principal '${name}' is not in ${PRINCIPALS_FILE} any more`;
  const hint = "`token list` shows whose there are";
  // A kernel that has just begun knows no token before it is shown one: then it is worth showing again.
  return refuse(fault("denied", `the token gives no authority: ${why}`, { hint, retriable: name === undefined }));
}

function conversationOf(
  served: CallEntry,
  bounds: readonly Services[],
  principals: Principals,
): Result<Authority> {
  const all: Services[] = [...bounds, ...served.under];
  let call = served;
  while (call.from !== undefined && call.parent !== undefined && !isStamped(call) && speaksForOthers(call.from)) {
    call = call.parent;
    all.push(...call.under);
  }
  if (call.from !== undefined && !isStamped(call)) return { ok: true, value: ownAuthority(call.from, all) };
  const name = call.caller.api === OPERATOR ? CONSOLE : call.caller.principal;
  return authorityOfPrincipal(name, principals, all);
}

/** What that principal may now, and never more than the bounds. */
export function authorityOfPrincipal(
  name: string,
  principals: Pick<Principals, "principal">,
  bounds: readonly Services[] = [],
): Result<Authority> {
  const found = principals.principal(name);
  if (found !== undefined) return { ok: true, value: principalAuthority(name, found, bounds) };
  return refuse(
    fault("denied", `the principal '${name}' is not in ${PRINCIPALS_FILE}`, { hint: "name it there with its grants" }),
  );
}

/** Made in a principal's name: not in that of the module that made it. */
export function isStamped({ caller, from }: CallEntry): boolean {
  return from !== undefined && caller.api === principalStamp(caller.principal);
}

function speaksForOthers({ grants }: Seat): boolean {
  return grants.kernel.includes("tools");
}

function ownAuthority({ api, config, grants }: Seat, bounds: readonly Services[]): Authority {
  return { api, principal: api, config, bounds: [grants.services, ...bounds] };
}

function principalAuthority(name: string, services: Services, bounds: readonly Services[]): Authority {
  return { api: principalStamp(name), principal: name, config: PRINCIPALS_FILE, bounds: [services, ...bounds] };
}
