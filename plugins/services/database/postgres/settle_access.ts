import { type AccessMap, foldName } from "../parse_access.ts";
import type { PgConnection } from "./connection.ts";
import { quoteName } from "./roles.ts";

export interface Settled {
  readonly schema: string;
  readonly access: AccessMap;
  /** The role of each api that `access` names. */
  readonly roles: ReadonlyMap<string, string>;
}

interface Relation {
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  readonly invoker: boolean;
  readonly grants: readonly string[];
  readonly sequences: readonly string[];
}

const RELATIONS = `
  select c.relname::text as name, c.relkind::text as kind, o.rolname::text as owner,
    coalesce('security_invoker=true' = any (c.reloptions), false) as invoker,
    array(select distinct g.rolname || ' ' || a.privilege_type from aclexplode(c.relacl) a
      join pg_roles g on g.oid = a.grantee where a.grantee <> c.relowner)::text[] as grants,
    array(select s.relname::text from pg_depend d join pg_class s on s.oid = d.objid
      where d.refobjid = c.oid and d.deptype = 'a' and s.relkind = 'S')::text[] as sequences
  from pg_class c join pg_roles o on o.oid = c.relowner join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_has_role(c.relowner, 'usage')`;

/**
 * Makes what the server grants what the config's `access` says, for the tables and views of whoever this connection is. Views of theirs read with the rights of who
 * asks: a grant on a view opens no table behind it. In the transaction of the definition that may have changed something.
 */
export async function settleAccess(connection: PgConnection, { schema, access, roles }: Settled): Promise<void> {
  const { rows = [] } = await connection.run(RELATIONS, [schema]);
  for (const relation of rows as unknown as Relation[]) {
    const { name, kind, owner, invoker, sequences } = relation;
    const at = `${quoteName(schema)}.${quoteName(name)}`;
    if (kind === "v" && !invoker) await connection.run(`alter view ${at} set (security_invoker = true)`);
    // Who writes into a view writes into what is behind it, with rights of his own that its owner may lack.
    const wanted = wantedGrants(name, owner, access, roles).filter(([, how]) => kind !== "v" || how === "SELECT");
    for (const [role, privilege] of pairsOf(relation.grants).filter((pair) => !has(wanted, pair))) {
      await connection.run(`revoke ${privilege} on ${at} from ${quoteName(role)}`);
    }
    for (const [role, privilege] of wanted.filter((pair) => !has(pairsOf(relation.grants), pair))) {
      await connection.run(`grant ${privilege} on ${at} to ${quoteName(role)}`);
      // A column that counts up by itself does so by a sequence, which has rights of its own.
      if (privilege !== "INSERT") continue;
      for (const sequence of sequences) {
        await connection.run(`grant usage on ${quoteName(schema)}.${quoteName(sequence)} to ${quoteName(role)}`);
      }
    }
  }
}

type Grant = readonly [role: string, privilege: string];

function wantedGrants(name: string, owner: string, access: AccessMap, roles: Settled["roles"]): Grant[] {
  const table = foldName(name);
  return [...access].flatMap(([api, { read, write }]): Grant[] => {
    const role = roles.get(api);
    if (role === undefined || role === owner) return [];
    const privileges = [
      ...(read.has(table) ? ["SELECT"] : []),
      ...(write.has(table) ? ["INSERT", "UPDATE", "DELETE"] : []),
    ];
    return privileges.map((privilege) => [role, privilege]);
  });
}

function pairsOf(grants: readonly string[]): Grant[] {
  return grants.map((grant) => grant.split(" ") as unknown as Grant);
}

function has(grants: readonly Grant[], [role, privilege]: Grant): boolean {
  return grants.some((grant) => grant[0] === role && grant[1] === privilege);
}
