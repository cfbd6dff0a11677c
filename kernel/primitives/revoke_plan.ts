import { ALL_CATEGORIES, type CellArgs, type PermissionCategory, type Role, ROLE_KEEPS } from "../contract/roles.ts";

/** What to revoke, in the shape that the runtime takes: a whole category, or one entry of its list. */
export interface Revocation {
  readonly name: PermissionCategory;
  readonly path?: string;
  readonly host?: string;
}

/** Permissions by name, as a cell's arguments give them. */
type Names = CellArgs["keeps"];

/**
 * What a role gives up with its first statement. Categories that the role has no use for go whole, and so does one of which a cell keeps no name.
 * `given` are the names that the process was started with: those it does not keep go one by one. A name that is not `given` can't be revoked so:
 * against a bare permission such a request has no effect.
 */
export function revokePlan(role: Role, keeps?: Names, given?: Names): readonly Revocation[] {
  const plan: Revocation[] = [];
  for (const name of ALL_CATEGORIES) {
    if (!ROLE_KEEPS[role].includes(name)) {
      plan.push({ name });
      continue;
    }
    if (keeps === undefined || (name !== "read" && name !== "write" && name !== "net")) continue;
    const kept = new Set(keeps[name]);
    if (kept.size === 0) plan.push({ name });
    else {
      for (const entry of given?.[name] ?? []) {
        if (!kept.has(entry)) plan.push(name === "net" ? { name, host: entry } : { name, path: entry });
      }
    }
  }
  return plan;
}
