import { fault } from "meta-machine";
import { chooseAddresses, keepSecretsIn, type LookUp, type Target } from "./choose_addresses.ts";
import type { Connect, Connection } from "./connection.ts";
import type { NetRights } from "./net_grant.ts";
import type { Settings } from "./settings.ts";

export interface ReachPowers {
  readonly lookUp: LookUp;
  readonly connect: Connect;
  readonly settings: Settings;
}

/** A connection to the first of the target's addresses that takes it, all within `connect_ms`. */
export async function reach(
  target: Target,
  rights: NetRights,
  { lookUp, connect, settings, has_secrets }: ReachPowers & { readonly has_secrets: boolean },
  signal: AbortSignal,
): Promise<Connection> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(fault("conflict", `${target.host}:${target.port} did not answer within ${settings.connect_ms} ms`, {
      retriable: true,
      hint: "check host and port, and whether the server runs",
    }));
  }, settings.connect_ms);
  const either = AbortSignal.any([signal, late.signal]);
  try {
    const found = await chooseAddresses(target, rights, (name) => orAborted(lookUp(name), either));
    const addresses = has_secrets ? keepSecretsIn(target, found) : found;
    let failure: unknown;
    for (const address of addresses) {
      try {
        return await connect(target, address, settings, either);
      } catch (error) {
        failure ??= error;
        either.throwIfAborted();
      }
    }
    throw failure;
  } finally {
    clearTimeout(timer);
  }
}

/** For what can't be given up: nobody waits for it any longer. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const give_up = () => reject(signal.reason);
  signal.addEventListener("abort", give_up, { once: true });
  try {
    promise.catch(() => {}); // told to who still waits
    signal.throwIfAborted();
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", give_up);
  }
}
