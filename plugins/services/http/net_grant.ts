/** Whom a caller may reach, by its `grants.net`: exactly the host and port that are written there. */

/** Who asks, and what bounds it: one list of `host:port` for each whose grants bound the call. */
export interface NetRights {
  readonly caller: string;
  /** Refusals name it: where a grant would be added. */
  readonly config: string | null;
  readonly net: readonly (readonly string[])[];
}

/** `host` as a parsed URL has it: small letters, IPv6 in brackets. A call that nobody's grants bound is granted nothing. */
export function isNetGranted(net: NetRights["net"], host: string, port: number): boolean {
  return net.length > 0 && net.every((list) => list.some((grant) => plainGrant(grant) === `${host}:${port}`));
}

/** Letters in another case are the same name; an IPv6 address may be written in several ways. A number in another base is not read as an address. */
function plainGrant(grant: string): string {
  const text = grant.toLowerCase();
  if (!text.startsWith("[")) return text;
  const end = text.indexOf("]") + 1;
  return `${URL.parse(`http://${text.slice(0, end)}`)?.hostname}${text.slice(end)}`;
}
