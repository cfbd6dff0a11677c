import type { DatabaseSync } from "node:sqlite";
import { type SqliteDatabase, SqliteDialect } from "kysely";

/** Kysely over the runtime's own SQLite, in the shape its dialect expects. */
export function nodeSqliteDialect(connection: DatabaseSync): SqliteDialect {
  const database: SqliteDatabase = {
    close: () => connection.close(),
    prepare(sql) {
      const statement = connection.prepare(sql);
      const bound = (params: readonly unknown[]) => params as (string | number | bigint | null | Uint8Array)[];
      return {
        reader: statement.columns().length > 0,
        all: (params) => statement.all(...bound(params)),
        run: (params) => statement.run(...bound(params)),
        // Not the runtime's iterate(): it ends at an error as if there were no more rows (Deno 2.9.6).
        iterate: (params) => statement.all(...bound(params)).values(),
      };
    },
  };
  return new SqliteDialect({ database });
}
