import { FaultError, type HandleMembers } from "meta-machine";
import type { SchemableTable } from "./handle_introspector.ts";

/** Any handle on a database: its methods are called by name, so that it may be typed or not. */
export type SqlHandle = Pick<HandleMembers<unknown>, "call">;

/** What the service says of itself. */
export interface About {
  readonly dialect: "sqlite" | "postgres";
  /** The name under which this module owns tables there. */
  readonly caller: string;
}

/** What one statement did. */
export interface Outcome {
  readonly changes: number | bigint;
  readonly lastInsertRowid: number | bigint;
  readonly rows?: readonly Record<string, unknown>[];
}

type Params = readonly unknown[];

/** The shipped database as Kysely needs it, over a handle. */
export class SqlService {
  readonly #handle: SqlHandle;
  #about: Promise<About> | undefined;
  #dialect: About["dialect"] | undefined;

  constructor(handle: SqlHandle, dialect?: About["dialect"]) {
    this.#handle = handle;
    this.#dialect = dialect;
  }

  /** SQLite until the service has said what it is. */
  get dialect(): About["dialect"] {
    return this.#dialect ?? "sqlite";
  }

  /** Asks once; asks again when that failed. */
  about(): Promise<About> {
    this.#about ??= this.#handle.call("about").then((about: About) => {
      this.#dialect = about.dialect;
      return about;
    }).catch((error: unknown) => {
      this.#about = undefined;
      throw error;
    });
    return this.#about;
  }

  /** Outside of a session: reads where it can, so that it waits for no writer. */
  async run(sql: string, params: Params, reads: boolean): Promise<Outcome> {
    if (reads) {
      try {
        return { changes: 0, lastInsertRowid: 0, rows: await this.#handle.call("query", sql, params) };
      } catch (error) {
        if (!isOnlyReads(error)) throw error;
      }
    }
    return await this.#handle.call("execute", sql, params);
  }

  open(mode: "read" | "write", isolation?: string): Promise<{ readonly id: string }> {
    return this.#handle.call("session_open", mode, { isolation });
  }

  runIn(session: string, sql: string, params: Params): Promise<Outcome> {
    return this.#handle.call("session_run", session, sql, params);
  }

  close(session: string, how: "commit" | "rollback"): Promise<void> {
    return this.#handle.call("session_close", session, how);
  }

  /** Rows in batches. What changes something gives all of its rows as one. */
  async *rows(session: string | undefined, sql: string, params: Params, batch: number) {
    let given = false;
    try {
      const batches = session === undefined
        ? await this.#handle.call("rows", sql, params, { batch })
        : await this.#handle.call("session_rows", session, sql, params, { batch });
      for await (const rows of batches as AsyncIterable<readonly Record<string, unknown>[]>) {
        given = true;
        yield rows;
      }
    } catch (error) {
      if (given || !isOnlyReads(error)) throw error;
      const outcome = session === undefined
        ? await this.run(sql, params, false)
        : await this.runIn(session, sql, params);
      yield outcome.rows ?? [];
    }
  }

  tables(session: string | undefined): Promise<readonly SchemableTable[]> {
    return this.#handle.call("tables", session);
  }

  /** A text of several statements, taken apart as its database reads it. */
  statements(text: string): Promise<readonly string[]> {
    return this.#handle.call("statements", text);
  }
}

/** The service's own words for a statement that went where only reading is done. */
function isOnlyReads(error: unknown): boolean {
  return error instanceof FaultError && error.code === "invalid_argument" && / only reads$/.test(error.message);
}
