import type { StatementSync } from "node:sqlite";
import { type Connection, type ConnectionLimits, openConnection } from "./open_connection.ts";
import type { Outcome, SessionMode } from "./engine.ts";
import { type PreparedStatement, type RunnerParts, StatementRunner } from "./statement_runner.ts";
import { isBusy, sqlFault } from "./sql_fault.ts";
import { TableRegister } from "./table_register.ts";

/** Waiting for another instance's connection stops the whole process: `whenFree` waits longer, and leaves the loop to others. */
const BUSY_MS = 30;

/** Guards what one statement of a session does: undone alone when it fails. */
const STATEMENT = "database_statement";

/** One connection to the file with what is known of its tables, and its transactions. */
export class SqlConnection {
  readonly runner: StatementRunner;
  readonly #connection: Connection;
  readonly #register: TableRegister;
  readonly #words = new Map<string, StatementSync>();

  /** The one writer, or a reader, which can't write whatever it is asked. */
  static open(folder: string, mode: SessionMode, limits: ConnectionLimits, parts: RunnerParts): SqlConnection {
    const connection = openConnection(folder, limits);
    const register = new TableRegister(connection);
    if (mode === "write") register.prepare();
    else {
      register.learn();
      connection.exec("pragma query_only = on");
    }
    connection.exec(`pragma busy_timeout = ${BUSY_MS}`);
    return new SqlConnection(connection, register, new StatementRunner(connection, register, parts));
  }

  private constructor(connection: Connection, register: TableRegister, runner: StatementRunner) {
    this.#connection = connection;
    this.#register = register;
    this.runner = runner;
  }

  /** False after `insert or rollback`, which ends a transaction by itself. */
  get inTransaction(): boolean {
    return this.#connection.isTransaction;
  }

  /** One state of the file for all of it: who owns what, what was compiled, what was read. Another instance of this module may write meanwhile. */
  whole<T>(mode: SessionMode, act: () => T): T {
    this.begin(mode);
    try {
      const done = act();
      this.end("commit");
      return done;
    } catch (error) {
      this.end("rollback");
      throw error;
    }
  }

  begin(mode: SessionMode): void {
    this.#say(mode === "write" ? "begin immediate" : "begin");
    try {
      this.#register.refresh();
    } catch (error) {
      this.end("rollback");
      throw error;
    }
  }

  /** Of a transaction that has ended by itself nothing is left to end. */
  end(how: "commit" | "rollback"): void {
    if (this.#connection.isTransaction) {
      try {
        this.#say(how);
      } catch (error) {
        // A foreign key that is checked at the end only, for example.
        throw isBusy(error) ? error : sqlFault(error, how);
      }
    }
    if (how === "rollback") this.#register.undone();
    this.#register.settled();
  }

  run(prepared: PreparedStatement): Outcome {
    const outcome = this.runner.run(prepared);
    if (prepared.check.defining) this.#register.record(prepared.check.caller, prepared.check.altering);
    if (prepared.check.savepoint === "rollback") this.#register.undone();
    this.#register.refresh();
    return outcome;
  }

  /** A statement amidst others: when it fails, only what it did itself is undone. */
  runGuarded(prepared: PreparedStatement): Outcome {
    const { changing, defining } = prepared.check;
    if (!changing && !defining) return this.run(prepared);
    this.#say(`savepoint ${STATEMENT}`);
    try {
      return this.run(prepared);
    } catch (error) {
      if (this.inTransaction) this.#say(`rollback to ${STATEMENT}`);
      this.#register.undone();
      if (this.inTransaction) this.#register.refresh();
      throw error;
    } finally {
      if (this.inTransaction) this.#say(`release ${STATEMENT}`);
    }
  }

  close(): void {
    this.runner.cache.clear();
    this.#connection.close();
  }

  /** Not by `exec`, whose errors have no code. */
  #say(word: string): void {
    const statement = this.#words.get(word) ?? this.#connection.prepare(word);
    this.#words.set(word, statement);
    statement.run();
  }
}
