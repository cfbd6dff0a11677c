/** One SQLite database for all modules. A caller owns the tables it creates; `access` in the config opens them to others; the operator may use all. */
import { type Config, fault, type Kernel, type Tool } from "meta-machine";
import * as builtin from "files";
import type { Files } from "files";
import { callerName } from "./caller_name.ts";
import { databaseTools } from "./database_tools.ts";
import type { ConnectionLimits } from "./open_connection.ts";
import { type AccessMap, parseAccess } from "./parse_access.ts";
import type { Row } from "./plain_row.ts";
import { SqlDatabase } from "./sql_database.ts";
import type { AnswerLimits, Outcome } from "./statement_runner.ts";

/** As `folders` of the config grants it. */
const FOLDER = "runtime/files/database";

export class Module {
  readonly #kernel: Kernel;
  readonly #files: Pick<Files, "realpath" | "write">;
  readonly #access: AccessMap;
  readonly #limits: ConnectionLimits & AnswerLimits;
  #opened: Promise<SqlDatabase> | undefined;
  #closed = false;

  constructor(kernel: Kernel, config: Config, files: Pick<Files, "realpath" | "write"> = builtin) {
    this.#kernel = kernel;
    this.#files = files;
    this.#access = parseAccess(config.get("access"));
    this.#limits = {
      max_mb: config.get("max_mb", 1_024),
      max_answer_bytes: config.get("max_answer_bytes", 6_000_000),
      max_query_ms: config.get("max_query_ms", 1_200),
    };
  }

  /** Opens the file at once, so that a broken one shows before the first call. */
  async run(): Promise<void> {
    await this.#open();
  }

  async shutdown(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened)?.close();
  }

  /** `execute(sql, params)` with a `?` for each value → `{changes, lastInsertRowid}`, and `rows` for a statement with columns. */
  async execute(sql: unknown, params?: unknown): Promise<Outcome> {
    const caller = callerName(this.#kernel.caller());
    return (await this.#open()).execute(caller, sql, params);
  }

  /** `query(sql, params)` → rows as plain objects. */
  async query(sql: unknown, params?: unknown): Promise<readonly Row[]> {
    const caller = callerName(this.#kernel.caller());
    return (await this.#open()).query(caller, sql, params);
  }

  /** `transaction([[sql, params], …])` → what `execute` gives for each; all or nothing. */
  async transaction(statements: unknown): Promise<Outcome[]> {
    const caller = callerName(this.#kernel.caller());
    return (await this.#open()).transaction(caller, statements);
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") return databaseTools((method, [first, second]) => this[method](first, second));
    throw new Error(`Aspect '${name}' not found.`);
  }

  #open(): Promise<SqlDatabase> {
    if (this.#closed) throw fault("conflict", "the database is closing", { retriable: true, hint: "call again" });
    this.#opened ??= this.#openFile().catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #openFile(): Promise<SqlDatabase> {
    // Writing makes the folder, and proves that it may be written.
    await this.#files.write(`${FOLDER}/README.txt`, "The tables of all modules, kept by the module 'database'.\n");
    const folder = await this.#files.realpath(FOLDER);
    return await SqlDatabase.open(folder, this.#access, this.#limits);
  }
}
