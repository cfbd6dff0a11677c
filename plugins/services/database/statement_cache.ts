import type { StatementSync } from "node:sqlite";
import type { StatementCheck } from "./statement_check.ts";

/** A statement that SQLite has compiled under its caller's rights. */
export interface CompiledStatement {
  readonly sql: string;
  readonly statement: StatementSync;
  /** Columns of its answer; none for a statement that gives no rows. */
  readonly columns: number;
  readonly placeholders: number;
  readonly check: StatementCheck;
}

/** Statements that are kept of one connection. Each holds some of the memory that all of SQLite shares. */
const MOST = 96;
/** In characters. A longer one is compiled each time. */
const LONGEST = 8_192;

/**
 * Compiled statements of one connection, the longest unused leaving first. What SQLite compiled was allowed to one caller while the tables had these owners: so
 * the key is the caller and the text, and all of it is dropped when the `generation` of what is known of the tables is another.
 */
export class StatementCache {
  readonly #kept = new Map<string, CompiledStatement>();
  #generation = -1;
  /** For tests and figures. */
  hits = 0;

  get size(): number {
    return this.#kept.size;
  }

  find(generation: number, caller: string, sql: string): CompiledStatement | undefined {
    if (generation !== this.#generation) this.#kept.clear();
    this.#generation = generation;
    const key = keyOf(caller, sql);
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.hits++;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  /** Keeps a statement that was compiled in this generation. One that changes the shape of tables ends the generation and is not worth it. */
  keep(generation: number, { sql, statement, columns, placeholders, check }: CompiledStatement): void {
    const key = keyOf(check.caller, sql);
    if (generation !== this.#generation || check.defining || sql.length > LONGEST || this.#kept.has(key)) return;
    this.#kept.set(key, { sql, statement, columns, placeholders, check }); // and not its values
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST) this.#kept.delete(oldest!);
  }

  /** A statement that failed is compiled anew, whatever state its failure left it in. */
  drop({ sql, check }: CompiledStatement): void {
    this.#kept.delete(keyOf(check.caller, sql));
  }

  clear(): void {
    this.#kept.clear();
  }
}

/** No name of a caller has a blank. */
function keyOf(caller: string, sql: string): string {
  return `${caller} ${sql}`;
}
