import { Kysely } from "kysely";
import { fault } from "meta-machine";
import { nodeSqliteDialect } from "./kysely_dialect.ts";
import { type Connection, type ConnectionLimits, openConnection } from "./open_connection.ts";
import type { AccessMap } from "./parse_access.ts";
import type { Row } from "./plain_row.ts";
import { type AnswerLimits, type Outcome, type PreparedStatement, StatementRunner } from "./statement_runner.ts";
import { type OwnSchema, TableRegister } from "./table_register.ts";

/** The open database. Every call is done when it returns: what was acknowledged is on the disk, what was refused has changed nothing. */
export class SqlDatabase {
  readonly #connection: Connection;
  readonly #register: TableRegister;
  readonly #runner: StatementRunner;

  static async open(folder: string, access: AccessMap, limits: AnswerLimits & ConnectionLimits): Promise<SqlDatabase> {
    const connection = openConnection(folder, limits);
    const register = new TableRegister(connection, new Kysely<OwnSchema>({ dialect: nodeSqliteDialect(connection) }));
    await register.prepare();
    return new SqlDatabase(connection, register, new StatementRunner(connection, register, access, limits));
  }

  private constructor(connection: Connection, register: TableRegister, runner: StatementRunner) {
    this.#connection = connection;
    this.#register = register;
    this.#runner = runner;
  }

  execute(caller: string, sql: unknown, params: unknown): Outcome {
    return this.#whole("begin immediate", () => this.#run(this.#runner.prepare(caller, sql, params)));
  }

  /** Refuses a statement that changes something. */
  query(caller: string, sql: unknown, params: unknown): readonly Row[] {
    return this.#whole("begin", () => {
      const prepared = this.#runner.prepare(caller, sql, params);
      if (prepared.check.changing || prepared.check.defining) {
        throw fault("invalid_argument", "query() only reads", {
          hint: "call execute(sql, params), which gives rows too",
        });
      }
      return this.#runner.run(prepared).rows ?? [];
    });
  }

  /** All of the statements or none. */
  transaction(caller: string, statements: unknown): Outcome[] {
    if (!Array.isArray(statements) || !statements.every(Array.isArray)) {
      throw fault("invalid_argument", "statements is not a list of [sql, params]", {
        hint: 'for example transaction([["insert into t values (?)", [1]], ["select * from t"]])',
      });
    }
    return this.#whole(
      "begin immediate",
      () => statements.map(([sql, params]) => this.#run(this.#runner.prepare(caller, sql, params))),
    );
  }

  close(): void {
    this.#connection.close();
  }

  #run(prepared: PreparedStatement): Outcome {
    const outcome = this.#runner.run(prepared);
    if (prepared.check.defining) this.#register.record(prepared.check.caller, prepared.check.altering);
    return outcome;
  }

  /** One state of the file for all of it: who owns what, what was compiled, what was read. Another instance of this module may write meanwhile. */
  #whole<T>(begin: "begin" | "begin immediate", act: () => T): T {
    this.#connection.exec(begin);
    try {
      this.#register.refresh();
      const done = act();
      this.#connection.exec("commit");
      return done;
    } catch (error) {
      // `insert or rollback` has ended the transaction by itself.
      if (this.#connection.isTransaction) this.#connection.exec("rollback");
      this.#register.forget();
      throw error;
    }
  }
}
