import type { StatementSync } from "node:sqlite";
import { fault, FaultError } from "meta-machine";
import { ANSWER } from "./authorizer_actions.ts";
import { bindParams, type SqlValue } from "./bind_params.ts";
import { oneStatement } from "./one_statement.ts";
import type { Connection } from "./open_connection.ts";
import type { AccessMap } from "./parse_access.ts";
import { plainInteger, plainRow, type PlainValue, type Row, rowBytes } from "./plain_row.ts";
import { clipSql, sqlFault } from "./sql_fault.ts";
import { StatementCheck, type TableFacts } from "./statement_check.ts";

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
  readonly #connection: Connection;
  readonly #facts: TableFacts;
  readonly #access: AccessMap;
  readonly #limits: AnswerLimits;
  /** None while this service runs its own statements. */
  #check: StatementCheck | undefined;

  constructor(connection: Connection, facts: TableFacts, access: AccessMap, limits: AnswerLimits) {
    this.#connection = connection;
    this.#facts = facts;
    this.#access = access;
    this.#limits = limits;
    connection.setAuthorizer((...asked) => this.#check?.decide(asked) ?? ANSWER.ok);
  }

  /** Refuses more or less than one statement, params that don't fit, and what the caller may not do. */
  prepare(caller: string, sql: unknown, params: unknown): PreparedStatement {
    const text = oneStatement(sql);
    const bound = bindParams(params ?? [], text.placeholders);
    const check = new StatementCheck(caller, this.#facts, this.#access);
    const statement = this.#watched(check, text.sql, () => this.#connection.prepare(text.sql));
    statement.setReadBigInts(true);
    return { sql: text.sql, statement, params: bound, check };
  }

  run({ sql, statement, params, check }: PreparedStatement): Outcome {
    check.phase = "run";
    const rows = this.#watched(check, sql, () => {
      if (statement.columns().length > 0) return this.#rows(statement, params, check.changing);
      statement.run(...params);
    });
    return { ...this.#effect(check), ...(rows !== undefined && { rows }) };
  }

  /**
   * A read is counted before it is kept: a careless `select *` would end this process for everybody. Twice, because the runtime's `iterate()` ends at an
   * error as if there were no more rows (Deno 2.9.6), and only `all()` tells. What changes something runs once; its rows are few, and undone if they are not.
   */
  #rows(statement: StatementSync, params: readonly SqlValue[], changing: boolean): Row[] {
    if (!changing) this.#count(statement.iterate(...params));
    const rows = Array.from(statement.all(...params) as Record<string, PlainValue>[], plainRow);
    if (changing) this.#count(rows);
    return rows;
  }

  #count(found: Iterable<unknown>): void {
    const { max_answer_bytes, max_query_ms } = this.#limits;
    const until = performance.now() + max_query_ms;
    let rows = 0;
    let bytes = 0;
    for (const row of found) {
      bytes += rowBytes(row as Record<string, PlainValue>);
      if (bytes > max_answer_bytes) {
        throw fault("too_large", `the answer exceeds ${max_answer_bytes} bytes after ${rows} rows`, {
          hint: ASK_FOR_LESS,
        });
      }
      if (performance.now() > until) {
        throw fault("too_large", `the statement ran for ${max_query_ms} ms and gave ${rows} rows`, {
          hint: ASK_FOR_LESS,
        });
      }
      rows++;
    }
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

/** What SQLite throws becomes a fault that names the statement; our own refusals are that already. */
function told<T>(sql: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof FaultError ? error : sqlFault(error, sql);
  }
}
