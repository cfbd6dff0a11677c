import { DialectAdapterBase, type Kysely, type MigrationLockOptions, sql } from "kysely";
import type { SqlService } from "./sql_service.ts";

/** What Kysely may expect of either database behind a handle. */
export class HandleAdapter extends DialectAdapterBase {
  readonly service: SqlService;

  constructor(service: SqlService) {
    super();
    this.service = service;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override get supportsReturning(): boolean {
    return true;
  }

  /** On SQLite whoever writes is alone anyway. On PostgreSQL a row is locked, as long as the transaction lasts. */
  // deno-lint-ignore no-explicit-any -- any schema
  async acquireMigrationLock(db: Kysely<any>, { lockTable, lockRowId }: MigrationLockOptions): Promise<void> {
    if (this.service.dialect === "sqlite" || !db.isTransaction) return;
    await sql`select 1 from ${sql.table(lockTable)} where id = ${lockRowId} for update`.execute(db);
  }

  releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}
