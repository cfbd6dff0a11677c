import { Kysely, type KyselyConfig } from "kysely";
import { HandleAdapter } from "./handle_adapter.ts";
import { HandleDriver } from "./handle_driver.ts";
import { HandleIntrospector } from "./handle_introspector.ts";
import { migrate, type Migrations } from "./migrate.ts";
import { LateCompiler } from "./late_compiler.ts";
import { type SqlHandle, SqlService } from "./sql_service.ts";

/** Options of {@linkcode openKysely}. */
export interface KyselyOptions extends Pick<KyselyConfig, "plugins" | "log"> {
  /** Only for the texts that `compile()` gives before the first query: the service says itself what it is. */
  readonly dialect?: "sqlite" | "postgres";
  /** Run once before the first query, as {@linkcode migrate} does. */
  readonly migrations?: Migrations;
}

/**
 * A Kysely over a handle on a database: `openKysely<Schema>(kernel.getApi("database"))`. At once, also while the service is not there yet. A query
 * is one call; a transaction is a session of the service, which has little time and keeps others from writing.
 */
export function openKysely<Schema>(
  handle: SqlHandle,
  { dialect, migrations, ...config }: KyselyOptions = {},
): Kysely<Schema> {
  const service = new SqlService(handle, dialect);
  const prepare = async () => {
    await service.about();
    if (migrations !== undefined) await migrate(openKysely(handle), migrations);
  };
  const compiler = new LateCompiler(service);
  return new Kysely<Schema>({
    ...config,
    dialect: {
      createAdapter: () => new HandleAdapter(service),
      createDriver: () => new HandleDriver(service, compiler, prepare),
      createIntrospector: (db) => new HandleIntrospector(db),
      createQueryCompiler: () => compiler,
    },
  });
}
