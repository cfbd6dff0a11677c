/** What a module's author imports as `meta-machine/kysely`, with `grants: {packages: [kysely]}`. */
export { migrate, type Migrations } from "./migrate.ts";
export { type KyselyOptions, openKysely } from "./open_kysely.ts";
export type { SqlHandle } from "./sql_service.ts";
export { Kysely, sql, Transaction } from "kysely";
export type {
  ColumnType,
  Generated,
  GeneratedAlways,
  Insertable,
  JSONColumnType,
  Selectable,
  Updateable,
} from "kysely";
export type { Migration, MigrationResult } from "kysely/migration";
