import type { Row } from "./plain_row.ts";

/** What a statement did. `rows` where it has columns. */
export interface Outcome {
  readonly changes: number | bigint;
  readonly lastInsertRowid: number | bigint;
  readonly rows?: readonly Row[];
}

/** Whose statement it is, and the end of the time that its caller has. */
export interface Asker {
  readonly caller: string;
  readonly signal?: AbortSignal | undefined;
}

/** A transaction that stays open between calls. Its statements are those of one caller, one after the other. */
export interface EngineSession {
  /** Undone by itself when it fails; SQLite's transaction goes on then, PostgreSQL's waits for a rollback. */
  run(sql: unknown, params: unknown): Outcome | Promise<Outcome>;
  /** Rows in batches, as fast as they are taken. */
  rows(sql: unknown, params: unknown, batch: number): AsyncGenerator<readonly Row[]>;
  tables(): Promise<readonly TableFacet[]>;
  /** Ends it. Either gives all back that it held, also when it throws. */
  end(how: "commit" | "rollback"): void | Promise<void>;
  /** Whether its transaction has ended by itself. */
  readonly over: boolean;
}

/** How a session is begun. `read` blocks nobody and sees one state. */
export type SessionMode = "read" | "write";

/** What of others' work a transaction sees. SQLite's are always serializable, whatever was asked for. */
export type Isolation = "read committed" | "repeatable read" | "serializable";

/** What SQL is served by. Every method refuses by faults; what was acknowledged is on the disk, what was refused has changed nothing. */
export interface Engine {
  readonly dialect: "sqlite" | "postgres";
  /** Before the first call, so that what is wrong shows at once. */
  start(): Promise<void>;
  execute(asker: Asker, sql: unknown, params: unknown): Promise<Outcome>;
  /** Refuses a statement that changes something. */
  query(asker: Asker, sql: unknown, params: unknown): Promise<readonly Row[]>;
  /** All of the statements or none. */
  transaction(asker: Asker, statements: readonly Statement[]): Promise<Outcome[]>;
  open(asker: Asker, mode: SessionMode, isolation?: Isolation): Promise<EngineSession>;
  /** The tables and views that a caller may use, with their columns. */
  tables(asker: Asker): Promise<readonly TableFacet[]>;
  /** A text of several statements taken apart. */
  split(text: string): string[];
  close(): void | Promise<void>;
}

/** A statement of a caller, not yet looked at. */
export type Statement = readonly [sql: unknown, params?: unknown];

/** A table or view as Kysely's introspection tells it. */
export interface TableFacet {
  readonly name: string;
  readonly schema?: string;
  readonly isView: boolean;
  readonly isForeign: boolean;
  readonly columns: readonly ColumnFacet[];
}

export interface ColumnFacet {
  readonly name: string;
  readonly dataType: string;
  readonly dataTypeSchema?: string;
  readonly isNullable: boolean;
  readonly isAutoIncrementing: boolean;
  readonly hasDefaultValue: boolean;
  readonly comment?: string;
}

/** Is told how long each statement ran. */
export type SlowStatement = (caller: string, sql: string, ms: number) => void;
