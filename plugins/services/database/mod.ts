/** One SQL database for all modules. A caller owns the tables it creates; `access` in the config opens them to others; the operator may use all. */
import { type Config, fault, getPackage, type Kernel, type Tool } from "meta-machine";
import * as builtin from "files";
import type { Files } from "files";
import { callerName } from "./caller_name.ts";
import { databaseTools } from "./database_tools.ts";
import type { Asker, Engine, Outcome, TableFacet } from "./engine.ts";
import { type AccessMap, parseAccess } from "./parse_access.ts";
import { parseBatch, parseEnd, parseIsolation, parseMode, parseStatements, parseText } from "./parse_arguments.ts";
import type { Row } from "./plain_row.ts";
import { type OpenedSession, type SessionLimits, SessionTable } from "./session_table.ts";
import { reportSlow } from "./report_slow.ts";
import { openPostgres } from "./postgres/open_postgres.ts";
import type { PgLibrary } from "./postgres/pg_library.ts";
import { SqlDatabase, type SqlLimits } from "./sql_database.ts";

/** As `folders` of the config grants it. */
const FOLDER = "runtime/files/database";

export class Module {
  readonly #kernel: Kernel;
  readonly #config: Config;
  readonly #pg: PgLibrary | undefined;
  readonly #files: Pick<Files, "realpath" | "write">;
  readonly #access: AccessMap;
  readonly #limits: SqlLimits & SessionLimits;
  readonly #sessions: SessionTable;
  #opened: Promise<Engine> | undefined;
  #closed = false;

  constructor(
    kernel: Kernel,
    config: Config,
    files: Pick<Files, "realpath" | "write"> = builtin,
    pg: PgLibrary | undefined = getPackage("pg"),
  ) {
    this.#kernel = kernel;
    this.#config = config;
    this.#pg = pg;
    this.#files = files;
    this.#access = parseAccess(config.get("access"));
    this.#limits = {
      max_mb: config.get("max_mb", 1_024),
      max_answer_bytes: config.get("max_answer_bytes", 6_000_000),
      max_query_ms: config.get("max_query_ms", 1_200),
      session_idle_ms: config.get("session_idle_ms", 5_000),
      session_max_ms: config.get("session_max_ms", 30_000),
      sessions_per_caller: config.get("sessions_per_caller", 4),
    };
    this.#sessions = new SessionTable(this.#limits);
  }

  /** Opens the database at once, so that a broken one shows before the first call. */
  async run(): Promise<void> {
    await (await this.#open()).start();
  }

  async shutdown(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = undefined;
    await this.#sessions.closeAll("the database was reloaded or stopped");
    await (await opened?.catch(() => undefined))?.close();
  }

  /** `about()` → `{dialect, caller}`: which SQL is spoken here, and under which name the caller owns tables. */
  async about(): Promise<{ dialect: Engine["dialect"]; caller: string }> {
    const { caller } = this.#asker();
    return { dialect: (await this.#open()).dialect, caller };
  }

  /** `execute(sql, params)` with a `?` for each value → `{changes, lastInsertRowid}`, and `rows` for a statement with columns. */
  async execute(sql: unknown, params?: unknown): Promise<Outcome> {
    const asker = this.#asker();
    return await (await this.#open()).execute(asker, sql, params);
  }

  /** `query(sql, params)` → rows as plain objects. */
  async query(sql: unknown, params?: unknown): Promise<readonly Row[]> {
    const asker = this.#asker();
    return await (await this.#open()).query(asker, sql, params);
  }

  /** `transaction([[sql, params], …])` → what `execute` gives for each; all or nothing. */
  async transaction(statements: unknown): Promise<Outcome[]> {
    const asker = this.#asker();
    return await (await this.#open()).transaction(asker, parseStatements(statements));
  }

  /** `rows(sql, params, {batch})` → the rows in batches, as they are taken, all of one state of the database. */
  rows(sql: unknown, params?: unknown, options?: unknown): AsyncGenerator<readonly Row[]> {
    // Not a generator itself: whose call it is must be asked before its first batch is.
    return this.#batches(this.#asker(), sql, params, parseBatch(options));
  }

  /** `tables()` → the tables and views that the caller may use, with their columns; `tables(id)` as its session sees them. */
  async tables(id?: unknown): Promise<readonly TableFacet[]> {
    const asker = this.#asker();
    const engine = await this.#open();
    return id === undefined
      ? await engine.tables(asker)
      : await this.#sessions.use(asker.caller, id, (session) => session.tables());
  }

  /** `statements(text)` → the text's statements one by one, as this database reads them. Nothing is run. */
  async statements(text: unknown): Promise<string[]> {
    return (await this.#open()).split(parseText(text));
  }

  /** `session_open("write" or "read")` → `{id, idle_ms, max_ms}`: a transaction that stays open between calls, for a short time. */
  async session_open(mode?: unknown, options?: unknown): Promise<OpenedSession> {
    const asker = this.#asker();
    const wanted = parseMode(mode);
    const isolation = parseIsolation(options);
    const engine = await this.#open();
    return await this.#sessions.open(asker.caller, () => engine.open(asker, wanted, isolation));
  }

  /** `session_run(id, sql, params)` → what `execute` gives; `savepoint NAME`, `release NAME` and `rollback to NAME` too. */
  async session_run(id: unknown, sql: unknown, params?: unknown): Promise<Outcome> {
    const { caller } = this.#asker();
    return await this.#sessions.use(caller, id, (session) => session.run(sql, params));
  }

  /** `session_rows(id, sql, params, {batch})` → as `rows`, in a session. */
  session_rows(id: unknown, sql: unknown, params?: unknown, options?: unknown): AsyncGenerator<readonly Row[]> {
    const { caller } = this.#asker();
    const batch = parseBatch(options);
    return this.#sessions.stream(caller, id, (session) => session.rows(sql, params, batch));
  }

  /** `session_close(id, "commit" or "rollback")` ends the session. */
  async session_close(id: unknown, how: unknown): Promise<void> {
    const { caller } = this.#asker();
    await this.#sessions.close(caller, id, parseEnd(how));
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") return databaseTools((method, [first, second]) => this[method](first, second));
    throw new Error(`Aspect '${name}' not found.`);
  }

  async *#batches(
    asker: Asker,
    sql: unknown,
    params: unknown,
    batch: number,
  ): AsyncGenerator<readonly Row[]> {
    const engine = await this.#open();
    const { caller } = asker;
    const { id } = await this.#sessions.open(caller, () => engine.open(asker, "read"));
    try {
      yield* this.#sessions.stream(caller, id, (session) => session.rows(sql, params, batch));
    } finally {
      await this.#sessions.close(caller, id, "commit").catch(() => {}); // its time may be over
    }
  }

  #asker(): Asker {
    const caller = this.#kernel.caller();
    return { caller: callerName(caller), signal: caller?.signal };
  }

  #open(): Promise<Engine> {
    if (this.#closed) throw fault("conflict", "the database is closing", { retriable: true, hint: "call again" });
    this.#opened ??= this.#openEngine().catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #openEngine(): Promise<Engine> {
    const slow = reportSlow(this.#kernel, this.#config.get("slow_ms", 250));
    const parts = { access: this.#access, slow };
    if (this.#config.get("url") !== undefined) {
      return await openPostgres({
        ...parts,
        ...this.#limits,
        kernel: this.#kernel,
        config: this.#config,
        pg: this.#pg,
      });
    }
    // Writing makes the folder, and proves that it may be written.
    await this.#files.write(`${FOLDER}/README.txt`, "The tables of all modules, kept by the module 'database'.\n");
    return new SqlDatabase(await this.#files.realpath(FOLDER), this.#limits, parts);
  }
}
