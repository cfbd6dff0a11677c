import { fault } from "meta-machine";
import { refuseSchema, refuseTable } from "../refusals.ts";
import { clipSql } from "../sql_fault.ts";
import { isServerError } from "./postgres_fault.ts";
import { COMMENT, type Provision } from "./provision.ts";

const OWNER = `
  select shobj_description(c.relowner, 'pg_authid') as owner, coalesce(t.relname, c.relname)::text as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
  where n.nspname = $1 and c.relname = $2`;

/** PostgreSQL's refusal in the words of this service: who may not do what, whose it is, and what would open it. Any other error as it was. */
export async function explainDenied(
  error: unknown,
  caller: string,
  sql: string,
  provision: Provision,
): Promise<unknown> {
  if (!isServerError(error) || error.code !== "42501") return error;
  const [, denied, , found] =
    /^(permission denied for|must be owner of) (table|view|materialized view|relation|index|sequence) (.+)$/
      .exec(error.message) ?? [];
  if (found === undefined) return error;
  const asked = await provision.ask(OWNER, [provision.settled.schema, found]).catch(() => undefined);
  const [row] = asked?.rows ?? [];
  const owner = String(row?.["owner"] ?? "").startsWith(COMMENT)
    ? String(row!["owner"]).slice(COMMENT.length)
    : undefined;
  const table = String(row?.["name"] ?? found);
  const { message, hint } = denied === "must be owner of"
    ? refuseSchema(caller, table, owner)
    : refuseTable(caller, isTarget(sql, found) ? "write" : "read", table, owner);
  return fault("denied", `${message} in: ${clipSql(sql)}`, { hint });
}

/** Whether it is what the statement writes into. */
function isTarget(sql: string, table: string): boolean {
  const target =
    /^\s*(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(?:"?\w+"?\.)?"?([^\s"(;]+)/i
      .exec(sql)?.[1];
  return target?.toLowerCase() === table.toLowerCase();
}
