import type { Asker, Engine, EngineSession, Outcome, SessionMode, Statement, TableFacet } from "./engine.ts";
import { introspect } from "./introspection.ts";
import type { ConnectionLimits } from "./open_connection.ts";
import type { Row } from "./plain_row.ts";
import { ReaderPool } from "./reader_pool.ts";
import { scanSql } from "./scan_sql.ts";
import { SqlConnection } from "./sql_connection.ts";
import { onlyReads } from "./refusals.ts";
import { SqlSession } from "./sql_session.ts";
import type { AnswerLimits, RunnerParts } from "./statement_runner.ts";
import { Turns } from "./turns.ts";
import { whenFree } from "./when_free.ts";

/** Connections that sessions and streams read on, each as long as one lasts. */
const READERS = 8;
/** A batch of a stream is a message, and small enough to leave the process's loop to others soon. */
const BATCH_BYTES = 262_144;

export type SqlLimits = AnswerLimits & ConnectionLimits;

/**
 * The open file. One connection writes: whoever writes has it alone for as long as his call or his session lasts, the others wait in order. Reading is done on
 * connections of its own, each seeing one state of the file, so that it waits for no writer.
 */
export class SqlDatabase implements Engine {
  readonly dialect = "sqlite";
  readonly #writer: SqlConnection;
  readonly #reader: SqlConnection;
  readonly #readers: ReaderPool;
  readonly #turns = new Turns(1, "the one who writes");

  constructor(folder: string, limits: SqlLimits, parts: Omit<RunnerParts, "limits">) {
    const open = (mode: SessionMode) => SqlConnection.open(folder, mode, limits, { ...parts, limits });
    this.#writer = open("write");
    this.#reader = open("read");
    this.#readers = new ReaderPool(READERS, () => open("read"));
  }

  /** It is open. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  execute({ caller, signal }: Asker, sql: unknown, params: unknown): Promise<Outcome> {
    return this.#writing(signal, () => this.#writer.run(this.#writer.runner.prepare(caller, sql, params)));
  }

  query({ caller, signal }: Asker, sql: unknown, params: unknown): Promise<readonly Row[]> {
    const read = () => {
      const prepared = this.#reader.runner.prepare(caller, sql, params);
      if (prepared.check.changing || prepared.check.defining) throw onlyReads("query()");
      return this.#reader.run(prepared).rows ?? [];
    };
    return whenFree(() => this.#reader.whole("read", read), signal);
  }

  transaction({ caller, signal }: Asker, statements: readonly Statement[]): Promise<Outcome[]> {
    return this.#writing(
      signal,
      () => statements.map(([sql, params]) => this.#writer.run(this.#writer.runner.prepare(caller, sql, params))),
    );
  }

  async open({ caller, signal }: Asker, mode: SessionMode): Promise<EngineSession> {
    const { connection, leave } = mode === "write"
      ? { connection: this.#writer, leave: await this.#turns.take(signal) }
      : await this.#readers.take(signal);
    try {
      await whenFree(() => connection.begin(mode), signal);
    } catch (error) {
      leave();
      throw error;
    }
    return new SqlSession({ caller, mode, connection, leave, batch_bytes: BATCH_BYTES });
  }

  tables(asker: Asker): Promise<readonly TableFacet[]> {
    return introspect("sqlite", (sql, params) => this.query(asker, sql, params));
  }

  split(text: string): string[] {
    return scanSql(text).parts;
  }

  close(): void {
    this.#readers.close();
    this.#reader.close();
    this.#writer.close();
  }

  async #writing<T>(signal: AbortSignal | undefined, act: () => T): Promise<T> {
    const leave = await this.#turns.take(signal);
    try {
      return await whenFree(() => this.#writer.whole("write", act), signal);
    } finally {
      leave();
    }
  }
}
