import type { EngineSession, Isolation, Outcome, SessionMode, TableFacet } from "../engine.ts";
import { type Row, rowBytes } from "../plain_row.ts";
import { onlyReads } from "../refusals.ts";
import type { PgConnection } from "./connection.ts";
import type { Provision } from "./provision.ts";
import { type At, failedBefore, type Prepared, type StatementDesk } from "./statement_desk.ts";

/** A batch is a message, and small enough for the process's memory, however long its rows are. */
const BATCH_BYTES = 262_144;
/** The first rows of a stream tell how long they are. */
const FIRST_ROWS = 50;

export interface PgSessionOf {
  readonly caller: string;
  readonly mode: SessionMode;
  readonly connection: PgConnection;
  readonly desk: StatementDesk;
  readonly provision: Provision;
  readonly leave: () => void;
}

/** A transaction on a connection of the caller's own. */
export class PgSession implements EngineSession {
  readonly #of: PgSessionOf;
  readonly #at: At;
  #last: Promise<unknown> = Promise.resolve();
  #busy = 0;
  #streams = 0;
  #ended = false;

  static async begin(of: PgSessionOf, isolation: Isolation | undefined): Promise<PgSession> {
    const session = new PgSession(of);
    const level = isolation ?? (of.mode === "read" ? "repeatable read" : "read committed");
    await of.desk.ask(session.#at, `begin isolation level ${level} ${of.mode === "read" ? "read only" : "read write"}`);
    return session;
  }

  private constructor(of: PgSessionOf) {
    const { caller, connection, mode } = of;
    this.#of = of;
    this.#at = { caller, connection, ...(mode === "read" && { reading: "a session that reads" }) };
  }

  get over(): boolean {
    return this.#ended || this.#of.connection.ended;
  }

  // deno-lint-ignore require-await -- a refusal is a rejection
  async run(sql: unknown, params: unknown): Promise<Outcome> {
    const { desk } = this.#of;
    const prepared = desk.prepare(sql, params, "session");
    return this.#next(() => desk.run(this.#at, prepared));
  }

  tables(): Promise<readonly TableFacet[]> {
    return this.#next(() => this.#of.desk.tables(this.#at));
  }

  async *rows(sql: unknown, params: unknown, batch: number): AsyncGenerator<readonly Row[]> {
    const { desk } = this.#of;
    const at = { ...this.#at, reading: "rows()" };
    const prepared = desk.prepare(sql, params, "session");
    if (prepared.does !== "read") throw onlyReads("rows()");
    if (prepared.first === "explain") return yield* this.#small(at, prepared, batch);
    const cursor = `rows_${++this.#streams}`;
    await this.#next(() => desk.ask(at, `declare ${cursor} no scroll cursor for ${prepared.sql}`, prepared.values));
    try {
      yield* this.#fetch(at, cursor, batch);
    } finally {
      // In a transaction that has failed there is no cursor any more.
      if (!this.over) await this.#next(() => this.#of.connection.run(`close ${cursor}`)).catch(() => {});
    }
  }

  async end(how: "commit" | "rollback"): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const { connection, desk, leave, provision } = this.#of;
    try {
      if (connection.ended) return;
      if (this.#busy > 0) {
        // Its time is over while a statement runs.
        await provision.stop(connection.pid, "backend");
        return connection.destroy();
      }
      const { command } = await desk.ask(this.#at, how);
      if (how === "commit" && command === "ROLLBACK") throw failedBefore();
    } catch (error) {
      await connection.run("rollback").catch(() => connection.destroy());
      throw error;
    } finally {
      leave();
    }
  }

  async *#fetch(at: At, cursor: string, batch: number): AsyncGenerator<readonly Row[]> {
    let many = Math.min(batch, FIRST_ROWS);
    for (;;) {
      const rows: Row[] = [];
      let bytes = 0;
      let last = false;
      while (rows.length < batch && bytes < BATCH_BYTES && !last) {
        const wanted = Math.min(many, batch - rows.length);
        const answer = await this.#next(() => this.#of.desk.ask(at, `fetch forward ${wanted} from ${cursor}`));
        const got = answer.rows ?? [];
        for (const row of got) bytes += rowBytes(row);
        rows.push(...got);
        last = got.length < wanted;
        many = Math.max(1, Math.min(batch, Math.floor(BATCH_BYTES * rows.length / (bytes + 1))));
      }
      if (rows.length > 0) yield rows;
      if (last) return;
    }
  }

  async *#small(at: At, prepared: Prepared, batch: number): AsyncGenerator<readonly Row[]> {
    const { rows = [] } = await this.#next(() => this.#of.desk.run(at, prepared));
    for (let from = 0; from < rows.length; from += batch) yield rows.slice(from, from + batch);
  }

  /** One after the other: a connection does one thing at a time. */
  #next<T>(act: () => Promise<T>): Promise<T> {
    this.#busy++;
    const done = this.#last.catch(() => {}).then(act).finally(() => this.#busy--);
    this.#last = done;
    return done;
  }
}
