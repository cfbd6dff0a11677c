import { fault } from "meta-machine";
import type { EngineSession, Outcome, SessionMode, TableFacet } from "./engine.ts";
import { introspect } from "./introspection.ts";
import type { Row } from "./plain_row.ts";
import { onlyReads } from "./refusals.ts";
import { openRows, type RowStream } from "./row_stream.ts";
import type { SqlConnection } from "./sql_connection.ts";

export interface SessionOf {
  readonly caller: string;
  readonly mode: SessionMode;
  readonly connection: SqlConnection;
  /** Bytes after which a batch goes, however few rows it has. */
  readonly batch_bytes: number;
  /** Gives the connection back. */
  readonly leave: () => void;
}

/** A transaction on a connection that nobody else uses meanwhile: the writer itself, or a reader of its own. */
export class SqlSession implements EngineSession {
  readonly #of: SessionOf;
  readonly #streams = new Set<RowStream>();
  #ended = false;

  constructor(of: SessionOf) {
    this.#of = of;
  }

  get over(): boolean {
    return this.#ended || !this.#of.connection.inTransaction;
  }

  run(sql: unknown, params: unknown): Outcome {
    const { connection, mode } = this.#of;
    return connection.runGuarded(this.#prepare(sql, params, mode === "read" ? "a session that reads" : undefined));
  }

  async *rows(sql: unknown, params: unknown, batch: number): AsyncGenerator<readonly Row[]> {
    const { connection, batch_bytes } = this.#of;
    const prepared = this.#prepare(sql, params, "rows()");
    const stream = openRows(connection.runner, prepared, batch_bytes);
    this.#streams.add(stream);
    try {
      for (;;) {
        const rows = stream.next(batch);
        if (rows === undefined) return;
        yield rows;
        if (this.#ended) throw fault("conflict", "the session of these rows has ended", { retriable: true });
      }
    } finally {
      this.#streams.delete(stream);
      stream.close();
    }
  }

  tables(): Promise<readonly TableFacet[]> {
    return introspect("sqlite", (sql, params) => Promise.resolve(this.run(sql, params).rows ?? []));
  }

  end(how: "commit" | "rollback"): void {
    if (this.#ended) return;
    const { connection, leave } = this.#of;
    this.#ended = true;
    // A statement that is still half read would keep the state it sees, and the log of all that came later.
    for (const stream of this.#streams) stream.close();
    try {
      connection.end(how);
    } catch (error) {
      connection.end("rollback");
      throw error;
    } finally {
      leave();
    }
  }

  /** `reading` names what refuses a statement that changes something. */
  #prepare(sql: unknown, params: unknown, reading: string | undefined) {
    const { connection, caller } = this.#of;
    const prepared = connection.runner.prepare(caller, sql, params, "session");
    const { changing, defining } = prepared.check;
    if (reading !== undefined && (changing || defining)) throw onlyReads(reading);
    return prepared;
  }
}
