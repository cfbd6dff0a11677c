import type {
  Asker,
  Engine,
  EngineSession,
  Isolation,
  Outcome,
  SessionMode,
  SlowStatement,
  Statement,
  TableFacet,
} from "../engine.ts";
import type { AccessMap } from "../parse_access.ts";
import type { Row } from "../plain_row.ts";
import { splitPostgres } from "./check_statement.ts";
import { PgConnection } from "./connection.ts";
import { ServerUnfit } from "./check_server.ts";
import { ConnectionPool } from "./connection_pool.ts";
import type { PgAddress } from "./parse_url.ts";
import type { PgLibrary } from "./pg_library.ts";
import { postgresFault } from "./postgres_fault.ts";
import { PgSession } from "./postgres_session.ts";
import { isRefusedLogin, Provision } from "./provision.ts";
import { quoteName } from "./roles.ts";
import { type At, StatementDesk } from "./statement_desk.ts";

export interface PostgresOf {
  readonly pg: PgLibrary;
  readonly address: PgAddress;
  readonly password: string | undefined;
  readonly schema: string;
  readonly access: AccessMap;
  readonly slow: SlowStatement;
  readonly max_answer_bytes: number;
  readonly session_max_ms: number;
  /** How long one statement may take. */
  readonly statement_ms: number;
  /** Open at once. */
  readonly connections: number;
}

/**
 * A PostgreSQL. Each caller logs in as a role of its own, on connections of its own: what it may touch is the server's decision, and no statement
 * can become somebody else.
 */
export class PostgresDatabase implements Engine {
  readonly dialect = "postgres";
  readonly #of: PostgresOf;
  readonly #provision: Provision;
  readonly #pool: ConnectionPool;
  readonly #desk: StatementDesk;
  #started: Promise<void> | undefined;

  constructor(of: PostgresOf) {
    this.#of = of;
    this.#provision = new Provision(of);
    this.#pool = new ConnectionPool(of.connections, (caller, mode) => this.#connect(caller, mode));
    this.#desk = new StatementDesk({ ...of, provision: this.#provision });
  }

  /** Throws when the server does not do; when it is only not there, the next call tries again. */
  async start(): Promise<void> {
    await this.#start().catch((error) => {
      if (error instanceof ServerUnfit) throw error;
      const { host, port } = this.#of.address;
      console.error(
        `PostgreSQL at ${host}:${port} can't be reached: ${error instanceof Error ? error.message : error}`,
      );
    });
  }

  #start(): Promise<void> {
    this.#started ??= this.#provision.start().catch((error) => {
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  async execute(asker: Asker, sql: unknown, params: unknown): Promise<Outcome> {
    const prepared = this.#desk.prepare(sql, params, "alone");
    return await this.#on(asker, "write", (at) => {
      const run = () => this.#desk.run(at, prepared);
      // A definition comes with its grants; rows that are too many undo what gave them.
      return prepared.does === "define" || prepared.returning ? this.#desk.whole(at, run) : run();
    });
  }

  async query(asker: Asker, sql: unknown, params: unknown): Promise<readonly Row[]> {
    const prepared = this.#desk.prepare(sql, params, "alone");
    const { rows = [] } = await this.#on(
      asker,
      "read",
      (at) => this.#desk.run({ ...at, reading: "query()" }, prepared),
    );
    return rows;
  }

  async transaction(asker: Asker, statements: readonly Statement[]): Promise<Outcome[]> {
    return await this.#on(asker, "write", (at) =>
      this.#desk.whole(at, async () => {
        const done: Outcome[] = [];
        for (const [sql, params] of statements) {
          done.push(await this.#desk.run(at, this.#desk.prepare(sql, params, "alone")));
        }
        return done;
      }));
  }

  async open(asker: Asker, mode: SessionMode, isolation?: Isolation): Promise<EngineSession> {
    const { connection, leave } = await this.#take(asker, mode);
    const { caller } = asker;
    try {
      const of = { caller, mode, connection, leave, desk: this.#desk, provision: this.#provision };
      return await PgSession.begin(of, isolation);
    } catch (error) {
      leave();
      throw error;
    }
  }

  tables(asker: Asker): Promise<readonly TableFacet[]> {
    return this.#on(asker, "read", (at) => this.#desk.tables(at));
  }

  split(text: string): string[] {
    return splitPostgres(text);
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#provision.close();
  }

  async #on<T>(asker: Asker, mode: SessionMode, act: (at: At) => Promise<T>): Promise<T> {
    const { connection, leave } = await this.#take(asker, mode);
    try {
      return await act({ ...asker, connection });
    } finally {
      leave();
    }
  }

  async #take({ caller, signal }: Asker, mode: SessionMode) {
    try {
      await this.#start();
      return await this.#pool.take(caller, mode, signal);
    } catch (error) {
      throw error instanceof ServerUnfit ? error : postgresFault(error, "connect", "");
    }
  }

  async #connect(caller: string, mode: SessionMode): Promise<PgConnection> {
    const { pg, address, schema, statement_ms, session_max_ms } = this.#of;
    const { role: user, password } = await this.#provision.login(caller);
    const settings = {
      search_path: quoteName(schema),
      default_transaction_read_only: mode === "read" ? "on" : "off",
      statement_timeout: String(statement_ms),
      // This process ends its sessions itself, unless it is gone.
      idle_in_transaction_session_timeout: String(session_max_ms + 5_000),
      ...{
        standard_conforming_strings: "on",
        client_min_messages: "error",
        timezone: "UTC",
        datestyle: "ISO",
        bytea_output: "hex",
      },
    };
    const open = () => PgConnection.open({ pg, address, user, password, settings });
    return await open().catch((error) => {
      if (isRefusedLogin(error)) this.#provision.forget(caller); // made again by the next call: its password was changed, or it was dropped
      throw error;
    });
  }
}
