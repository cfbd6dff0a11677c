import type { DatabaseSync, StatementSync } from "node:sqlite";
import { fault } from "meta-machine";
import { bindParams, type SqlValue } from "./bind_params.ts";
import { MAX_SQL_LENGTH } from "./open_connection.ts";
import type { AccessMap } from "./parse_access.ts";
import { plainInteger, plainRow, type PlainValue, type Row, rowBytes } from "./plain_row.ts";
import { scanSql } from "./scan_sql.ts";
import { clipSql, sqlFault } from "./sql_fault.ts";
import { type Asked, StatementCheck, type TableFacts } from "./statement_check.ts";

/** What a statement did. `rows` where it has columns. */
export interface Outcome {
  readonly changes: number | bigint;
  readonly lastInsertRowid: number | bigint;
  readonly rows?: readonly Row[];
}

/** Bounds of one answer. */
export interface AnswerLimits {
  readonly max_answer_bytes: number;
  /** Checked between rows; one that gives no row is ended by the kernel, with this module's process. */
  readonly max_query_ms: number;
}

/** A statement that SQLite has compiled under its caller's rights. */
export interface PreparedStatement {
  readonly sql: string;
  readonly statement: StatementSync;
  readonly params: readonly SqlValue[];
  readonly check: StatementCheck;
}

/** Compiles and runs callers' statements on one connection, each watched by its own check. Nothing here waits: a statement is never between two others' halves. */
export class StatementRunner {
  readonly #connection: DatabaseSync;
  readonly #facts: TableFacts;
  readonly #access: AccessMap;
  readonly #limits: AnswerLimits;
  /** None while this service runs its own statements. */
  #check: StatementCheck | undefined;

  constructor(connection: DatabaseSync, facts: TableFacts, access: AccessMap, limits: AnswerLimits) {
    this.#connection = connection;
    this.#facts = facts;
    this.#access = access;
    this.#limits = limits;
    connection.setAuthorizer((...asked: unknown[]) => this.#check?.decide(asked as unknown as Asked) ?? 0);
  }

  /** Refuses more or less than one statement, params that don't fit, and what the caller may not do. */
  prepare(caller: string, sql: unknown, params: unknown): PreparedStatement {
    const text = oneStatement(sql);
    const { placeholders } = text;
    const bound = told(text.sql, () => bindParams(params ?? [], placeholders));
    const check = new StatementCheck(caller, this.#facts, this.#access);
    const statement = this.#watched(check, text.sql, () => this.#connection.prepare(text.sql));
    statement.setReadBigInts(true);
    return { sql: text.sql, statement, params: bound, check };
  }

  run({ sql, statement, params, check }: PreparedStatement): Outcome {
    check.phase = "run";
    const rows = this.#watched(check, sql, () => {
      if (statement.columns().length > 0) return this.#rows(statement, params);
      statement.run(...params);
    });
    return { ...this.#effect(check), ...(rows !== undefined && { rows }) };
  }

  #rows(statement: StatementSync, params: readonly SqlValue[]): Row[] {
    const { max_answer_bytes, max_query_ms } = this.#limits;
    const until = performance.now() + max_query_ms;
    const rows: Row[] = [];
    let bytes = 0;
    for (const found of statement.iterate(...params)) {
      const row = plainRow(found as Record<string, PlainValue>);
      bytes += rowBytes(row);
      if (bytes > max_answer_bytes) {
        throw fault("too_large", `the answer exceeds ${max_answer_bytes} bytes after ${rows.length} rows`, { hint: ASK_FOR_LESS });
      }
      if (performance.now() > until) {
        throw fault("too_large", `the statement ran for ${max_query_ms} ms and gave ${rows.length} rows`, { hint: ASK_FOR_LESS });
      }
      rows.push(row);
    }
    return rows;
  }

  /** SQLite's counters keep what an earlier statement, perhaps another caller's, left there. */
  #effect({ changing, inserting }: StatementCheck): Pick<Outcome, "changes" | "lastInsertRowid"> {
    if (!changing) return { changes: 0, lastInsertRowid: 0 };
    const counters = this.#connection.prepare("select changes() as changes, last_insert_rowid() as rowid");
    counters.setReadBigInts(true);
    const { changes, rowid } = counters.get() as { changes: bigint; rowid: bigint };
    return { changes: plainInteger(changes), lastInsertRowid: inserting && changes > 0n ? plainInteger(rowid) : 0 };
  }

  #watched<T>(check: StatementCheck, sql: string, act: () => T): T {
    this.#check = check;
    try {
      return told(sql, act);
    } catch (error) {
      if (check.refusal === undefined) throw error;
      throw fault("denied", `${check.refusal.message} in: ${clipSql(sql)}`, { hint: check.refusal.hint });
    } finally {
      this.#check = undefined;
    }
  }
}

const ASK_FOR_LESS = 'ask for less: fewer columns, a "where", a "limit"';

function oneStatement(sql: unknown): { sql: string; placeholders: number } {
  if (typeof sql !== "string") {
    throw fault("invalid_argument", `sql is ${sql === undefined ? "missing" : `of type ${typeof sql}`}`, {
      hint: 'pass sql as text, for example "select count(*) n from training_log"',
    });
  }
  if (sql.length > MAX_SQL_LENGTH) {
    throw fault("too_large", `the statement has ${sql.length} characters; ${MAX_SQL_LENGTH} are allowed`, { hint: "pass values as params" });
  }
  const refuse = (what: string, hint: string) => fault("invalid_argument", `${what} in: ${clipSql(sql)}`, { hint });
  if (sql.includes("\0") || !sql.isWellFormed()) throw refuse("NUL or lone surrogates", "pass such data as bytes in params");
  const { statements, placeholders, named } = scanSql(sql);
  if (statements === 0) throw refuse("no statement", "pass one statement");
  if (statements > 1) throw refuse(`${statements} statements`, "pass one statement a call, or several to transaction([[sql, params], …])");
  if (named !== undefined) throw refuse(`placeholder '${named}'`, "write each placeholder as ? and pass params as a list");
  return { sql, placeholders };
}

/** Does it; what SQLite throws becomes a fault that names the statement. */
function told<T>(sql: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR") throw sqlFault(error, sql);
    throw named(error, sql);
  }
}
