/** What the http service may do for the caller whose call it serves. It asks by the call alone: neither it nor the caller can name another. */
import { fault, ok, refuse, type Result } from "./contract/fault.ts";
import type { Grants, SecretGrant } from "./contract/spec.ts";
import type { Seat, ServedFor } from "./broker/mod.ts";

export interface OutboundRights {
  readonly caller: string;
  /** Refusals name it: where a grant would be added. */
  readonly config: string | null;
  /** `host:port`, one list for each whose grants bound the call: an address has to be in all of them. */
  readonly net: readonly (readonly string[])[];
  /** Bound secrets, with what they are in the environment that the host was started in. */
  readonly secrets: readonly (BoundSecret & { readonly value: string | null })[];
}
type BoundSecret = Extract<SecretGrant, { host: string }>;

/** Refuses everybody but the shipped http service: the answer has secrets in it. */
export async function outboundRights(
  seat: Seat,
  served: ServedFor | undefined,
  env: (name: string) => Promise<string | null>,
): Promise<Result<OutboundRights>> {
  if (!seat.fetches) {
    return refuse(
      fault("not_granted", `'${seat.api}' may not ask what its callers may reach`, {
        hint: "only the shipped http service may: use fetch",
      }),
    );
  }
  if (served === undefined) return refuse(fault("cancelled", "the call whose caller was asked for is over"));
  const { caller, config = null, grants } = served;
  const bound = boundSecrets(grants);
  const values = await Promise.all(bound.map(({ env: name }) => env(name)));
  return ok({
    caller,
    config,
    net: grants.map(({ net }) => net),
    secrets: bound.map((secret, i) => ({ ...secret, value: values[i]! })),
  });
}

/** Those that everybody has whose grants bound the call. */
function boundSecrets([own, ...others]: readonly Grants[]): readonly BoundSecret[] {
  const bound = own?.secrets.filter((secret): secret is BoundSecret => "host" in secret) ?? [];
  return bound.filter((secret) => others.every(({ secrets }) => secrets.some((other) => isSame(secret, other))));
}

function isSame(a: BoundSecret, b: SecretGrant): boolean {
  return "host" in b && a.env === b.env && a.host === b.host && a.header === b.header;
}
