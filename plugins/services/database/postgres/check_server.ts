import type { PgConnection } from "./connection.ts";
import type { PgAddress } from "./parse_url.ts";
import { quoteName } from "./roles.ts";

const FACTS = `
  select current_setting('server_version_num')::int as version, r.rolsuper or r.rolcreaterole as makes_roles,
    has_database_privilege(current_database(), 'create') or
      (select count(*) from pg_namespace where nspname in ($1::text, $1::text || '_own') and pg_has_role(nspowner, 'usage')) = 2 as makes_schemas,
    exists (select 1 from pg_namespace n, aclexplode(n.nspacl) a
      where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE') as open_public
  from pg_roles r where r.rolname = current_user`;

/** The server can't serve as it is set up: nothing to try again before somebody has changed that. */
export class ServerUnfit extends Error {
  override readonly name = "ServerUnfit";
}

/** Throws when the server or the user of `url` can't keep callers apart, and says what would help. */
export async function checkServer(connection: PgConnection, address: PgAddress, schema: string): Promise<void> {
  const { rows } = await connection.run(FACTS, [schema]);
  const [{ version, makes_roles, makes_schemas, open_public } = {}] = rows ?? [];
  const { user, database } = address;
  const at = `PostgreSQL at ${address.host}:${address.port}`;
  if (Number(version) < 150_000) {
    throw new ServerUnfit(
      `${at} is version ${Number(version) / 10_000}: 15 is needed, for views that read with the rights of who asks`,
    );
  }
  if (!makes_roles) {
    throw new ServerUnfit(
      `the user '${user}' may not create roles at ${at}, and each caller gets one of its own: as its administrator, alter role ${
        quoteName(user)
      } createrole`,
    );
  }
  if (!makes_schemas) {
    throw new ServerUnfit(
      `the user '${user}' may not create schemas in '${database}' at ${at}: as its administrator, grant create on database ${
        quoteName(database)
      } to ${quoteName(user)}`,
    );
  }
  if (open_public) {
    throw new ServerUnfit(
      `everybody may create tables in the schema public of '${database}' at ${at}: revoke create on schema public from public`,
    );
  }
}

/** Why a role of this service's making could not log in. */
export function refuseLogin(error: unknown, { host, port, database }: PgAddress): Error {
  const text = error instanceof Error ? error.message : String(error);
  return new ServerUnfit(
    `PostgreSQL at ${host}:${port} refuses a role that this service made (${text}): each caller logs in as its own, with a password. ` +
      `Add to pg_hba.conf: host ${database} all ADDRESS scram-sha-256`,
    { cause: error },
  );
}
