import {
  type CompiledQuery,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryId,
  type RootOperationNode,
  SqliteQueryCompiler,
} from "kysely";
import type { SqlService } from "./sql_service.ts";

type Dialect = SqlService["dialect"];

/**
 * Writes SQL for the database that the service turns out to be. A query may be written before the service was first asked what it is; such a one is written
 * again from its parts when it is run.
 */
export class LateCompiler implements QueryCompiler {
  readonly #service: SqlService;
  readonly #compilers = { sqlite: new SqliteQueryCompiler(), postgres: new PostgresQueryCompiler() };
  readonly #written = new WeakMap<CompiledQuery, Dialect>();

  constructor(service: SqlService) {
    this.#service = service;
  }

  compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    const { dialect } = this.#service;
    const compiled = this.#compilers[dialect].compileQuery(node, queryId);
    this.#written.set(compiled, dialect);
    return compiled;
  }

  /** The query in the database's own words. One that was not written here is left as it is. */
  fitting(compiled: CompiledQuery): CompiledQuery {
    const dialect = this.#written.get(compiled);
    if (dialect === undefined || dialect === this.#service.dialect) return compiled;
    return this.compileQuery(compiled.query, compiled.queryId);
  }
}
