import { ALL_CATEGORIES, type CellArgs, type Role, ROLE_KEEPS } from "../../contract/roles.ts";

/**
 * Gives up what the role and the arguments do not keep; the first thing a cell does. What is left are the names of `keeps`, where the process was
 * started with lists. Where it was started with everything, whole categories go and the kept ones stay whole: a list can't be kept
 * out of a bare permission, and its Workers are narrowed exactly all the same.
 */
export function revokePermissions(role: Role, keeps: CellArgs["keeps"]): void {
  const kept: Partial<Record<string, readonly string[]>> = keeps;
  for (const name of ALL_CATEGORIES) {
    const wanted = ROLE_KEEPS[role].includes(name) && (kept[name]?.length ?? 0) > 0;
    if (!wanted) Deno.permissions.revokeSync({ name } as Deno.PermissionDescriptor);
  }
}
