/** Who may call what: the caller's `grants.services` against api, aspect and method. */
import type { ServiceGrant } from "../contract/spec.ts";

/** `inference/*` grants every api below `inference/`; a plain name grants that api alone. */
export function coversApi(granted: string, api: string): boolean {
  if (granted.endsWith("/*")) return api.startsWith(granted.slice(0, -1)) && api.length > granted.length - 1;
  return granted === api;
}

/** True when one grant allows this method of this aspect of this api. Without lists a grant allows all of them. */
export function isServiceGranted(
  grants: readonly ServiceGrant[],
  api: string,
  aspect: string,
  method: string,
): boolean {
  return grants.some((grant) =>
    coversApi(grant.api, api) &&
    (grant.methods === undefined || grant.methods.includes(method)) &&
    (grant.aspects === undefined || grant.aspects.includes(aspect))
  );
}
