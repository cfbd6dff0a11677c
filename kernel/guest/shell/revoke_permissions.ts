import type { CellArgs, Role } from "../../contract/roles.ts";
import { revokePlan } from "../../primitives/revoke_plan.ts";

/**
 * Gives up what the role and the arguments do not keep; the first thing a cell does. What is left are the names of `keeps`, where the process was
 * started with lists. Where it was started with everything, whole categories go and the kept ones stay whole; its Workers are narrowed exactly
 * all the same.
 */
export function revokePermissions(role: Role, keeps: CellArgs["keeps"]): void {
  for (const one of revokePlan(role, keeps)) Deno.permissions.revokeSync(one as Deno.PermissionDescriptor);
}
