import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type RootOperationNode,
  type TransactionSettings,
} from "kysely";
import { ASK_FOR_TABLES } from "./handle_introspector.ts";
import type { LateCompiler } from "./late_compiler.ts";
import type { SqlService } from "./sql_service.ts";

/** Statements through a handle. Outside of a transaction each is one call; a transaction is a session of the service. */
export class HandleDriver implements Driver {
  readonly #service: SqlService;
  readonly #compiler: LateCompiler;
  readonly #prepare: () => Promise<void>;

  /** `prepare` is done before the first statement, and again by the next one where it failed. */
  constructor(service: SqlService, compiler: LateCompiler, prepare: () => Promise<void>) {
    this.#service = service;
    this.#compiler = compiler;
    this.#prepare = prepare;
  }

  async init(): Promise<void> {
    await this.#prepare();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new HandleConnection(this.#service, this.#compiler));
  }

  async beginTransaction(connection: HandleConnection, { accessMode, isolationLevel }: TransactionSettings) {
    await connection.begin(accessMode === "read only" ? "read" : "write", isolationLevel);
  }

  commitTransaction(connection: HandleConnection): Promise<void> {
    return connection.end("commit");
  }

  rollbackTransaction(connection: HandleConnection): Promise<void> {
    return connection.end("rollback");
  }

  savepoint(connection: HandleConnection, name: string): Promise<void> {
    return connection.say(`savepoint ${quoted(name)}`);
  }

  rollbackToSavepoint(connection: HandleConnection, name: string): Promise<void> {
    return connection.say(`rollback to ${quoted(name)}`);
  }

  releaseSavepoint(connection: HandleConnection, name: string): Promise<void> {
    return connection.say(`release ${quoted(name)}`);
  }

  async releaseConnection(connection: HandleConnection): Promise<void> {
    await connection.end("rollback");
  }

  async destroy(): Promise<void> {}
}

export class HandleConnection implements DatabaseConnection {
  readonly #service: SqlService;
  readonly #compiler: LateCompiler;
  #session: string | undefined;

  constructor(service: SqlService, compiler: LateCompiler) {
    this.#service = service;
    this.#compiler = compiler;
  }

  async begin(mode: "read" | "write", isolation?: string): Promise<void> {
    const { id } = await this.#service.open(mode, isolation);
    this.#session = id;
  }

  /** A session that has ended at its time is rolled back already. */
  async end(how: "commit" | "rollback"): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session === undefined) return;
    const ended = this.#service.close(session, how);
    await (how === "commit" ? ended : ended.catch(() => {}));
  }

  async say(sql: string): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(sql));
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    if (compiled === ASK_FOR_TABLES) return { rows: await this.#service.tables(this.#session) as unknown as R[] };
    const { sql, parameters, query } = this.#compiler.fitting(compiled);
    const { changes, lastInsertRowid, rows } = this.#session === undefined
      ? await this.#service.run(sql, parameters, mayOnlyRead(query, sql))
      : await this.#service.runIn(this.#session, sql, parameters);
    return {
      rows: [...rows ?? []] as R[],
      ...(CHANGING.has(query.kind) && { numAffectedRows: BigInt(changes) }),
      ...(BigInt(lastInsertRowid) !== 0n && { insertId: BigInt(lastInsertRowid) }),
    };
  }

  async *streamQuery<R>(compiled: CompiledQuery, chunkSize = 500): AsyncIterableIterator<QueryResult<R>> {
    const { sql, parameters } = this.#compiler.fitting(compiled);
    for await (const rows of this.#service.rows(this.#session, sql, parameters, chunkSize)) {
      yield { rows: rows as unknown as R[] };
    }
  }
}

const CHANGING: ReadonlySet<string> = new Set([
  "InsertQueryNode",
  "UpdateQueryNode",
  "DeleteQueryNode",
  "MergeQueryNode",
  "RawNode",
]);

/** By its look; the service decides. */
function mayOnlyRead({ kind }: RootOperationNode, sql: string): boolean {
  return kind === "SelectQueryNode" || (kind === "RawNode" && /^\s*(?:select|with|values|explain|pragma)\b/i.test(sql));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
