/** Which addresses a request may be sent to. What is decided here is what is connected to: no name is looked up again. */
import { fault } from "meta-machine";
import { classifyAddress } from "./classify_address.ts";
import { isNetGranted, type NetRights } from "./net_grant.ts";
import { inUrl } from "./parse_address.ts";

/** All addresses of a name, as the system knows it; rejects when there are none. */
export type LookUp = (name: string) => Promise<readonly string[]>;

export interface Target {
  readonly protocol: "http:" | "https:";
  /** As a parsed URL has it. */
  readonly host: string;
  readonly port: number;
}

/** So many are tried, one after the other. */
const MOST = 4;
const LOOPBACK = ["127.0.0.1", "::1"];

/**
 * An address that was granted by itself is what was meant, wherever it lies; `localhost` is loopback and is not looked up. Of a name's addresses those in
 * the open internet are taken, and others only where `grants.net` names them beside the name: whoever answers for a name must not choose among ours.
 */
export async function chooseAddresses(target: Target, rights: NetRights, lookUp: LookUp): Promise<readonly string[]> {
  const { host, port } = target;
  if (!isNetGranted(rights.net, host, port)) throw notGranted(target, rights);
  const literal = host.startsWith("[") ? host.slice(1, -1) : host;
  if (classifyAddress(literal) !== undefined) return [literal];
  if (host === "localhost" || host.endsWith(".localhost")) return LOOPBACK;
  const found = (await lookUp(host)).filter((address) => classifyAddress(address) !== undefined);
  const allowed = found.filter((address) =>
    classifyAddress(address) === "public" || isNetGranted(rights.net, inUrl(address), port)
  );
  if (allowed.length > 0) return allowed.slice(0, MOST);
  throw found.length === 0 ? unknownName(host) : inside(target, found[0]!, rights);
}

/** A secret in clear may go no further than one's own network. */
export function keepSecretsIn(target: Target, addresses: readonly string[]): readonly string[] {
  if (target.protocol === "https:") return addresses;
  const near = addresses.filter((address) => classifyAddress(address) !== "public");
  if (near.length > 0) return near;
  throw fault("denied", `a secret is bound to ${target.host}, and http: would send it in clear`, {
    hint: `ask for https://${target.host}`,
  });
}

export function unknownName(host: string, retriable = false): Error {
  return fault("not_found", `the name ${host} has no address`, { hint: "check the host in the URL", retriable });
}

function notGranted({ host, port }: Target, { caller, config }: NetRights): Error {
  return fault("denied", `'${caller}' may not reach ${host}:${port}`, {
    hint: config === null
      ? "the operator has no grants.net: call a module that has"
      : `add to ${config}: grants: {net: ["${host}:${port}"]}`,
  });
}

function inside({ host, port }: Target, address: string, { config }: NetRights): Error {
  return fault("denied", `${host} has the address ${address}, which is ${classifyAddress(address)}`, {
    hint: `if that is meant, grant the address too, in ${config}: grants: {net: ["${inUrl(address)}:${port}"]}`,
  });
}
