/** The first thing a role does: it gives up what roles.ts does not list for it. */
import { ALL_CATEGORIES, type Role, ROLE_KEEPS } from "../contract/roles.ts";

/** Revokes whole categories. Works the same whether the process was started with lists or with everything. */
export function keepOnly(role: Role): void {
  for (const name of ALL_CATEGORIES) {
    if (!ROLE_KEEPS[role].includes(name)) Deno.permissions.revokeSync({ name } as Deno.PermissionDescriptor);
  }
}
