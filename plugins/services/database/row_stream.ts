import { fault } from "meta-machine";
import { plainRow, type PlainValue, type Row, rowBytes } from "./plain_row.ts";
import type { PreparedStatement, StatementRunner } from "./statement_runner.ts";

/** The rows of one statement that is run as far as its rows are taken. */
export interface RowStream {
  /** At most so many rows; undefined after the last. Throws what the statement fails with. */
  next(batch: number): Row[] | undefined;
  close(): void;
}

/** What the runtime's statements have and its types lack. */
type Arrays = { setReturnArrays(on: boolean): void };

/** Rows that come slowly leave the process's loop to others in between. */
const BATCH_MS = 50;

/**
 * The runtime's `iterate()` ends at an error as if there were no more rows (Deno 2.9.6). So the rows come with a mark before them and one row more behind the last:
 * where that is missing, the statement failed, and is asked for its error.
 */
export function openRows(runner: StatementRunner, prepared: PreparedStatement, batch_bytes: number): RowStream {
  if (!isQuery(prepared.sql)) return allAtOnce(runner, prepared);
  const { sql, columns, params } = prepared;
  const names = prepared.statement.columns().map(({ name }) => name);
  const marked = runner.beside(
    prepared,
    `select 0, * from (\n${sql.replace(/[;\s]+$/, "")}\n) union all select 1${", null".repeat(columns)}`,
  );
  (marked as unknown as Arrays).setReturnArrays(true);
  const iterator = marked.iterate(...params) as unknown as Iterator<unknown>;
  let given = 0;
  let done = false;

  return {
    next(batch) {
      if (done) return undefined;
      const rows: Row[] = [];
      let bytes = 0;
      const until = performance.now() + BATCH_MS;
      while (rows.length < batch && bytes < batch_bytes && (rows.length === 0 || performance.now() < until)) {
        const { value, done: stopped } = runner.watched(prepared, () => iterator.next());
        if (stopped) throw failureAfter(given + rows.length);
        const [mark, ...values] = value as PlainValue[];
        if (mark !== 0n) {
          done = true;
          break;
        }
        const row = plainRow(Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])));
        bytes += rowBytes(row);
        rows.push(row);
      }
      given += rows.length;
      return rows.length > 0 ? rows : undefined;
    },
    close() {
      done = true;
      iterator.return?.();
    },
  };

  function failureAfter(rows: number): Error {
    done = true;
    try {
      const next = runner.beside(prepared, `select * from (\n${sql.replace(/[;\s]+$/, "")}\n) limit 1 offset ${rows}`);
      runner.watched(prepared, () => next.all(...params));
    } catch (error) {
      return error as Error;
    }
    return fault("conflict", `the statement failed after ${rows} rows`, { retriable: true, hint: "read again" });
  }
}

/** `explain` and `pragma` have few rows and can't stand in another statement. */
function allAtOnce(runner: StatementRunner, prepared: PreparedStatement): RowStream {
  let rows: Row[] | undefined = [...(runner.run(prepared).rows ?? [])];
  return {
    next(batch) {
      const given = rows?.splice(0, batch);
      return given?.length ? given : undefined;
    },
    close() {
      rows = undefined;
    },
  };
}

function isQuery(sql: string): boolean {
  return /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*(?:select|with|values)\b/i.test(sql);
}
