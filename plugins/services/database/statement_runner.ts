import { fault, FaultError } from "meta-machine";
import { ANSWER } from "./authorizer_actions.ts";
import { bindParams, type SqlValue } from "./bind_params.ts";
import type { Outcome, SlowStatement } from "./engine.ts";
import { oneStatement } from "./one_statement.ts";
import type { Connection } from "./open_connection.ts";
import type { AccessMap } from "./parse_access.ts";
import { plainInteger, plainRow, type PlainValue, type Row, rowBytes } from "./plain_row.ts";
import { clipSql, sqlFault } from "./sql_fault.ts";
import { type CompiledStatement, StatementCache } from "./statement_cache.ts";
import { StatementCheck } from "./statement_check.ts";
import type { TableRegister } from "./table_register.ts";

/** Bounds of one answer. */
export interface AnswerLimits {
  readonly max_answer_bytes: number;
  /** Checked between rows; one that gives no row is ended by the kernel, with this module's process. */
  readonly max_query_ms: number;
}

/** A compiled statement with its values. */
export interface PreparedStatement extends CompiledStatement {
  readonly params: readonly SqlValue[];
}

export interface RunnerParts {
  readonly access: AccessMap;
  readonly limits: AnswerLimits;
  readonly slow: SlowStatement;
}

/** Compiles and runs callers' statements on one connection, each watched by its own check. Nothing here waits: a statement is never between two others' halves. */
export class StatementRunner {
  readonly cache = new StatementCache();
  readonly #connection: Connection;
  readonly #register: TableRegister;
  readonly #parts: RunnerParts;
  /** None while this service runs its own statements. */
  #check: StatementCheck | undefined;
  #counters: ReturnType<Connection["prepare"]> | undefined;

  constructor(connection: Connection, register: TableRegister, parts: RunnerParts) {
    this.#connection = connection;
    this.#register = register;
    this.#parts = parts;
    connection.setAuthorizer((...asked) => this.#check?.decide(asked) ?? ANSWER.ok);
  }

  /** Refuses more or less than one statement, params that don't fit, and what the caller may not do. `place` is where it is to run. */
  prepare(caller: string, sql: unknown, params: unknown, place: "alone" | "session" = "alone"): PreparedStatement {
    if (typeof sql === "string") {
      const kept = this.cache.find(this.#register.generation, caller, sql);
      if (kept !== undefined) return { ...kept, params: bindParams(params ?? [], kept.placeholders) };
    }
    const text = oneStatement(sql);
    const bound = bindParams(params ?? [], text.placeholders);
    const check = new StatementCheck(caller, this.#register, this.#parts.access, place);
    const statement = this.#watched(check, text.sql, () => this.#connection.prepare(text.sql));
    statement.setReadBigInts(true);
    return { ...text, statement, columns: statement.columns().length, check, params: bound };
  }

  run(prepared: PreparedStatement): Outcome {
    const { sql, statement, columns, params, check } = prepared;
    check.phase = "run";
    const began = performance.now();
    try {
      const rows = this.#watched(check, sql, () => {
        if (columns > 0) return this.#rows(prepared);
        statement.run(...params);
      });
      this.cache.keep(this.#register.generation, prepared);
      return { ...this.#effect(check), ...(rows !== undefined && { rows }) };
    } catch (error) {
      this.cache.drop(prepared);
      throw error;
    } finally {
      this.#parts.slow(check.caller, sql, performance.now() - began);
    }
  }

  /** Does a part of a statement's work that is not done at once: the rows of a stream. */
  watched<T>({ check, sql }: CompiledStatement, act: () => T): T {
    return this.#watched(check, sql, act);
  }

  /** One statement more under the check of `prepared`, for what this service asks about it. */
  beside(prepared: CompiledStatement, sql: string): ReturnType<Connection["prepare"]> {
    const statement = this.#watched(prepared.check, prepared.sql, () => this.#connection.prepare(sql));
    statement.setReadBigInts(true);
    return statement;
  }

  /**
   * A read is counted before it is kept: a careless `select *` would end this process for everybody. Twice, because the runtime's `iterate()` ends at an
   * error as if there were no more rows (Deno 2.9.6), and only `all()` tells. What changes something runs once; its rows are few, and undone if they are not.
   */
  #rows({ statement, params, check: { changing } }: PreparedStatement): Row[] {
    if (!changing) this.#count(statement.iterate(...params));
    const rows = Array.from(statement.all(...params) as Record<string, PlainValue>[], plainRow);
    if (changing) this.#count(rows);
    return rows;
  }

  #count(found: Iterable<unknown>): void {
    const { max_answer_bytes, max_query_ms } = this.#parts.limits;
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
    this.#counters ??= this.#connection.prepare("select changes() as changes, last_insert_rowid() as rowid");
    this.#counters.setReadBigInts(true);
    const { changes, rowid } = this.#counters.get() as { changes: bigint; rowid: bigint };
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

const ASK_FOR_LESS = 'ask for less: fewer columns, a "where", a "limit"; or read it in batches: rows(sql, params)';

/** What SQLite throws becomes a fault that names the statement; our own refusals are that already. */
function told<T>(sql: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof FaultError ? error : sqlFault(error, sql);
  }
}
