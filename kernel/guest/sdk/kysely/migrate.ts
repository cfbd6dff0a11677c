import { fault } from "meta-machine";
import { CompiledQuery, type Kysely } from "kysely";
import { type Migration, type MigrationResult, Migrator } from "kysely/migration";
import { HandleAdapter } from "./handle_adapter.ts";
import type { SqlService } from "./sql_service.ts";

/** Migrations by name, run in the order of their names: a text of SQL, or Kysely's own `{up, down}`. */
export type Migrations = Readonly<Record<string, string | Migration>>;

/**
 * Brings the module's tables to the last of its migrations and gives those that were run now. All of them or none: they are one transaction. Refuses
 * when one that was run before is missing, or a new one comes before it. Which were run stands in tables of the module's own.
 */
export async function migrate<Schema>(db: Kysely<Schema>, migrations: Migrations): Promise<readonly MigrationResult[]> {
  const { adapter } = db.getExecutor();
  if (!(adapter instanceof HandleAdapter)) {
    throw fault("invalid_argument", "migrate() needs what openKysely() gives", {
      hint: "migrate(openKysely(handle), …)",
    });
  }
  const { service } = adapter;
  const own = (await service.about()).caller.replace(/^@/, "at_").replace(/\W/g, "_");
  return await inTransaction(db, async (trx) => {
    const migrator = new Migrator({
      db: trx,
      provider: { getMigrations: () => Promise.resolve(asMigrations(service, migrations)) },
      // All modules share one space of names.
      migrationTableName: `kysely_migration_${own}`,
      migrationLockTableName: `kysely_migration_lock_${own}`,
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error === undefined) return results ?? [];
    const failed = results?.find(({ status }) => status === "Error");
    if (failed !== undefined && error instanceof Error) {
      error.message = `migration ${failed.migrationName}: ${error.message}`;
    }
    throw error;
  });
}

// deno-lint-ignore no-explicit-any -- any schema
function inTransaction<T>(db: Kysely<any>, act: (trx: Kysely<any>) => Promise<T>): Promise<T> {
  return db.isTransaction ? act(db) : db.transaction().execute(act);
}

function asMigrations(service: SqlService, migrations: Migrations): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => [
      name,
      typeof migration === "string" ? { up: (db) => runText(service, db, migration) } : migration,
    ]),
  );
}

// deno-lint-ignore no-explicit-any -- any schema
async function runText(service: SqlService, db: Kysely<any>, text: string): Promise<void> {
  for (const statement of await service.statements(text)) await db.executeQuery(CompiledQuery.raw(statement));
}
