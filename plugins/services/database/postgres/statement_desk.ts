import { fault } from "meta-machine";
import type { Outcome, SlowStatement } from "../engine.ts";
import { introspect } from "../introspection.ts";
import { onlyReads } from "../refusals.ts";
import type { TableFacet } from "../engine.ts";
import { bindValues } from "./bind_values.ts";
import { type CheckedStatement, checkStatement } from "./check_statement.ts";
import type { Answer, PgConnection } from "./connection.ts";
import { explainDenied } from "./explain_denied.ts";
import { postgresFault } from "./postgres_fault.ts";
import type { Provision } from "./provision.ts";
import type { PgValue } from "./bind_values.ts";
import { settleAccess } from "./settle_access.ts";

export interface DeskOf {
  readonly provision: Provision;
  readonly max_answer_bytes: number;
  readonly slow: SlowStatement;
}

/** Whose statement it is, on which connection, and what refuses it when it changes something. */
export interface At {
  readonly caller: string;
  readonly connection: PgConnection;
  readonly signal?: AbortSignal | undefined;
  readonly reading?: string;
}

/** A statement with its values. */
export interface Prepared extends CheckedStatement {
  readonly values: readonly PgValue[];
}

/** Runs callers' statements on connections of their own, and tells what came of them in this service's words. */
export class StatementDesk {
  readonly #of: DeskOf;

  constructor(of: DeskOf) {
    this.#of = of;
  }

  prepare(sql: unknown, params: unknown, place: "alone" | "session"): Prepared {
    const checked = checkStatement(sql, place);
    return { ...checked, values: bindValues(params ?? [], checked.placeholders) };
  }

  /** The statement, and what a definition brings with it. Not undone here. */
  async run(at: At, prepared: Prepared): Promise<Outcome> {
    const { does, sql, values } = prepared;
    if (at.reading !== undefined && (does === "change" || does === "define")) throw onlyReads(at.reading);
    const answer = await this.ask(at, sql, values);
    if (does === "define") await this.#told(at, sql, () => settleAccess(at.connection, this.#of.provision.settled));
    return outcomeOf(answer, does);
  }

  /** A text that has been looked at. */
  async ask(at: At, sql: string, values: readonly PgValue[] = []): Promise<Answer> {
    const { connection, signal, caller } = at;
    const { provision, max_answer_bytes, slow } = this.#of;
    let stopping: Promise<void> | undefined;
    const stop = () => {
      stopping ??= provision.stop(connection.pid, "statement");
    };
    const began = performance.now();
    if (signal?.aborted) throw fault("conflict", "the call ended before its statement began", { retriable: true });
    signal?.addEventListener("abort", stop, { once: true });
    try {
      return await this.#told(at, sql, () => connection.run(sql, values, max_answer_bytes, stop));
    } finally {
      signal?.removeEventListener("abort", stop);
      await stopping; // it must not hit the next one
      slow(caller, sql, performance.now() - began);
    }
  }

  /** All of it or nothing. */
  async whole<T>(at: At, act: () => Promise<T>): Promise<T> {
    await this.ask(at, "begin");
    try {
      const done = await act();
      const { command } = await this.ask(at, "commit");
      if (command === "ROLLBACK") throw failedBefore();
      return done;
    } catch (error) {
      await at.connection.run("rollback").catch(() => at.connection.destroy());
      throw error;
    }
  }

  /** What Kysely finds, without what the caller may neither read nor write: the catalogs show all to everybody. */
  async tables(at: At): Promise<readonly TableFacet[]> {
    const { schema } = this.#of.provision.settled;
    const ask = async (sql: string, params: readonly unknown[]) =>
      (await this.#told(at, "tables()", () => at.connection.run(sql, bindValues([...params], params.length)))).rows ??
        [];
    const usable = new Set((await ask(USABLE, [schema])).map(({ name }) => name));
    return (await introspect("postgres", ask)).filter((table) => table.schema === schema && usable.has(table.name));
  }

  async #told<T>({ caller, reading = "query()" }: At, sql: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw postgresFault(await explainDenied(error, caller, sql, this.#of.provision), sql, reading);
    }
  }
}

/** A transaction can't be committed after a statement in it has failed: the server rolls it back. */
export function failedBefore() {
  return fault("conflict", "an earlier statement of the transaction had failed: it was rolled back", {
    retriable: false,
    hint: "after a failed statement, roll back to a savepoint or end the session",
  });
}

const USABLE = `
  select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and has_table_privilege(c.oid, 'select, insert, update, delete')`;

const COUNTED = ["INSERT", "UPDATE", "DELETE", "MERGE"];

function outcomeOf({ command, changes, rows }: Answer, does: CheckedStatement["does"]): Outcome {
  return {
    changes: does === "change" && COUNTED.includes(command) ? changes : 0,
    lastInsertRowid: 0,
    ...(rows !== undefined && { rows }),
  };
}
