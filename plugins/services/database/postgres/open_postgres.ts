import type { Config, Kernel } from "meta-machine";
import type { SlowStatement } from "../engine.ts";
import type { AccessMap } from "../parse_access.ts";
import { parseUrl } from "./parse_url.ts";
import type { PgLibrary } from "./pg_library.ts";
import { PostgresDatabase } from "./postgres_database.ts";

export interface OpeningOf {
  readonly kernel: Pick<Kernel, "secret">;
  readonly config: Config;
  readonly pg: PgLibrary | undefined;
  readonly access: AccessMap;
  readonly slow: SlowStatement;
  readonly max_answer_bytes: number;
  readonly session_max_ms: number;
}

/** The builtins that the package `pg` needs. */
const BUILTINS = "net, tls, dns, crypto, events, util, stream, buffer".replaceAll(/(\w+)/g, '"node:$1"');

/** The PostgreSQL that the config's `url` names. Throws what the config lacks. */
export async function openPostgres({ kernel, config, pg, ...parts }: OpeningOf): Promise<PostgresDatabase> {
  const ca = config.get("ca");
  const address = { ...parseUrl(config.get("url")), ...(ca !== undefined && { ca: String(ca) }) };
  if (pg === undefined) {
    throw new Error(
      `url needs grants: {packages: [kysely, pg], net: ["${address.host}:${address.port}"], builtins: ["node:sqlite", files, ${BUILTINS}]}`,
    );
  }
  const secret = config.get("password_secret");
  return new PostgresDatabase({
    ...parts,
    ...{ pg, address, password: secret === undefined ? undefined : await kernel.secret(String(secret)) },
    schema: config.get("schema", "meta_machine"),
    statement_ms: config.get("statement_ms", 10_000),
    connections: config.get("connections", 16),
  });
}
