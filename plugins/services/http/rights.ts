/** What the caller of the call that is being served may reach, and the secrets to add for it: the kernel's word, never the caller's. */
import type { Kernel } from "meta-machine";
import type { BoundSecret } from "./bound_secrets.ts";
import type { NetRights } from "./net_grant.ts";

export interface Rights extends NetRights {
  readonly secrets: readonly BoundSecret[];
}

/** The kernel answers by the call that this is asked in, and answers only this service. */
export function rightsOfCaller(kernel: Kernel): Promise<Rights> {
  return kernel.getApi<{ outbound(): Rights }>("@kernel").outbound();
}
