import {
  CompiledQuery,
  type DatabaseIntrospector,
  type DatabaseMetadataOptions,
  type Kysely,
  type SchemaMetadata,
  type TableMetadata,
} from "kysely";

/** A table as the service tells it. */
export type SchemableTable = Omit<TableMetadata, "schema"> & { readonly schema?: string };

/** Not SQL: the driver asks the service for its tables, in the transaction that is open. */
export const ASK_FOR_TABLES = CompiledQuery.raw("tables()");

/** Shows the tables and views that the module may use, as they stand in the transaction that asks. */
export class HandleIntrospector implements DatabaseIntrospector {
  // deno-lint-ignore no-explicit-any -- any schema
  readonly #db: Kysely<any>;

  // deno-lint-ignore no-explicit-any -- any schema
  constructor(db: Kysely<any>) {
    this.#db = db;
  }

  async getSchemas(): Promise<SchemaMetadata[]> {
    const tables = await this.getTables({ withInternalKyselyTables: true });
    const names = new Set(tables.flatMap(({ schema }) => schema === undefined ? [] : [schema]));
    return [...names].map((name) => ({ name }));
  }

  async getTables({ withInternalKyselyTables }: DatabaseMetadataOptions = { withInternalKyselyTables: false }) {
    const { rows } = await this.#db.executeQuery(ASK_FOR_TABLES);
    const tables = rows as TableMetadata[];
    return withInternalKyselyTables ? tables : tables.filter(({ name }) => !name.startsWith("kysely_migration"));
  }
}
