// kernel/guest/sdk/kysely/mod.ts (made by deno task vendor author)
import { ColumnType, Generated, GeneratedAlways, Insertable, JSONColumnType, Kysely, KyselyConfig, Selectable, Transaction, Updateable, sql } from "kysely";
import { Migration, MigrationResult } from "kysely/migration";
import { HandleMembers } from "meta-machine";
/** Migrations by name, run in the order of their names: a text of SQL, or Kysely's own `{up, down}`. */
type Migrations = Readonly<Record<string, string | Migration>>;
/**
 * Brings the module's tables to the last of its migrations and gives those that were run now. All of them or none: they are one transaction. Refuses
 * when one that was run before is missing, or a new one comes before it. Which were run stands in tables of the module's own.
 */
declare function migrate<Schema>(db: Kysely<Schema>, migrations: Migrations): Promise<readonly MigrationResult[]>;
/** Options of {@linkcode openKysely}. */
interface KyselyOptions extends Pick<KyselyConfig, "plugins" | "log"> {
    /** Only for the texts that `compile()` gives before the first query: the service says itself what it is. */
    readonly dialect?: "sqlite" | "postgres";
    /** Run once before the first query, as {@linkcode migrate} does. */
    readonly migrations?: Migrations;
}
/** Any handle on a database: its methods are called by name, so that it may be typed or not. */
type SqlHandle = Pick<HandleMembers<unknown>, "call">;
/**
 * A Kysely over a handle on a database: `openKysely<Schema>(kernel.getApi("database"))`. At once, also while the service is not there yet. A query
 * is one call; a transaction is a session of the service, which has little time and keeps others from writing.
 */
declare function openKysely<Schema>(handle: SqlHandle, { dialect, migrations, ...config }?: KyselyOptions): Kysely<Schema>;
export { ColumnType, Generated, GeneratedAlways, Insertable, JSONColumnType, Kysely, KyselyOptions, Migration, MigrationResult, Migrations, Selectable, SqlHandle, Transaction, Updateable, migrate, openKysely, sql };
