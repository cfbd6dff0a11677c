import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { TableFacet } from "./engine.ts";
import type { Row } from "./plain_row.ts";

/** Kysely that only writes statements. */
export function sqliteWriter<Schema>(): Kysely<Schema> {
  return sqliteOver<Schema>(() => Promise.resolve([]));
}

/** The tables and views that show columns to whoever `ask` asks for: those of others have none. Kysely's own introspection, over `ask`. */
export async function introspect(
  dialect: "sqlite" | "postgres",
  ask: (sql: string, params: readonly unknown[]) => Promise<readonly Row[]>,
): Promise<readonly TableFacet[]> {
  const db = dialect === "sqlite" ? sqliteOver<unknown>(ask) : postgresOver<unknown>(ask);
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  return tables.filter(({ columns }) => columns.length > 0) as readonly TableFacet[];
}

type Ask = Parameters<typeof introspect>[1];

function sqliteOver<Schema>(ask: Ask): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new AskingDriver(ask),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

function postgresOver<Schema>(ask: Ask): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new AskingDriver(ask),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

class AskingDriver extends DummyDriver {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    super();
    this.#ask = ask;
  }

  override acquireConnection() {
    const executeQuery = async <R>({ sql, parameters }: CompiledQuery) => ({
      rows: await this.#ask(sql, parameters) as unknown as R[],
    });
    return Promise.resolve({
      executeQuery,
      streamQuery: () => {
        throw new Error("introspection does not stream");
      },
    });
  }
}
