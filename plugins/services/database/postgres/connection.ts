import { fault } from "meta-machine";
import { type Row, rowBytes } from "../plain_row.ts";
import type { PgValue } from "./bind_values.ts";
import type { PgAddress } from "./parse_url.ts";
import type { PgClient, PgLibrary, PgResult } from "./pg_library.ts";
import { parserOf } from "./read_values.ts";

export interface ConnectionOf {
  readonly pg: PgLibrary;
  readonly address: PgAddress;
  readonly user: string;
  readonly password: string | undefined;
  /** Settings of the server for all of its time. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly command: string;
  readonly changes: number;
  /** Undefined for a statement without columns. */
  readonly rows: Row[] | undefined;
}

/** Rows may be long while they are still being sent: this much more than the answer's bound ends the connection. */
const OVERHEAD_BYTES = 1_048_576;

/** One connection of one role, which does one statement after the other. */
export class PgConnection {
  readonly #pg: PgLibrary;
  readonly #client: PgClient;
  #ended = false;
  /** Received since the statement began. */
  #bytes = 0;
  #bound = Infinity;

  static async open({ pg, address, user, password, settings }: ConnectionOf): Promise<PgConnection> {
    const { host, port, database, tls, ca } = address;
    const client = new pg.Client({
      ...{ host, port, database, user, application_name: "meta-machine", connectionTimeoutMillis: 5_000 },
      ...(password !== undefined && { password }),
      options: Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replace(/[ \\]/g, "\\$&")}`).join(
        " ",
      ),
      ssl: tls && { rejectUnauthorized: true, ...(ca !== undefined && { ca }) },
      types: { getTypeParser: parserOf },
    });
    const connection = new PgConnection(pg, client);
    await client.connect();
    client.connection.stream.on("data", (chunk) => connection.#received(chunk.length));
    return connection;
  }

  private constructor(pg: PgLibrary, client: PgClient) {
    this.#pg = pg;
    this.#client = client;
    client.on("error", () => this.#ended = true); // also while nobody asks anything; the next statement tells
    client.on("end", () => this.#ended = true);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get pid(): number | null {
    return this.#client.processID;
  }

  /**
   * Runs one statement: the extended protocol takes no second one. Rows beyond `most_bytes` are not kept; `tooMuch` is called once, to have the statement
   * ended, and what it ends with is the refusal.
   */
  run(sql: string, values: readonly PgValue[] = [], most_bytes = Infinity, tooMuch = () => {}): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const query = new this.#pg.Query({ text: sql, values, queryMode: "extended" });
    const rows: Row[] = [];
    let bytes = 0;
    let refused: Error | undefined;
    query.on("row", (row) => {
      if (refused !== undefined) return;
      bytes += rowBytes(row as Row);
      if (bytes <= most_bytes) return void rows.push(row as Row);
      refused = fault("too_large", `the answer exceeds ${most_bytes} bytes after ${rows.length} rows`, {
        hint: 'ask for less: fewer columns, a "where", a "limit"; or read it in batches: rows(sql, params)',
      });
      rows.length = 0;
      tooMuch();
    });
    query.on("end", (result) => refused === undefined ? resolve(answerOf(result, rows)) : reject(refused));
    query.on("error", (error) => reject(refused ?? this.#overrun(most_bytes) ?? error));
    this.#bytes = 0;
    this.#bound = most_bytes * 2 + OVERHEAD_BYTES;
    this.#client.query(query);
    return promise;
  }

  /** In the middle of whatever it does. */
  destroy(): void {
    this.#ended = true;
    this.#client.connection.stream.destroy();
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#client.end().catch(() => {});
  }

  /** One value of a gigabyte would fill this process before it is a row. */
  #received(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#bound) this.destroy();
  }

  #overrun(most_bytes: number): Error | undefined {
    if (this.#bytes <= this.#bound) return undefined;
    return fault("too_large", `the answer exceeds ${most_bytes} bytes`, {
      hint: "one value is too large: ask for less of it",
    });
  }
}

function answerOf({ command, rowCount, fields }: PgResult, rows: Row[]): Answer {
  return { command: command ?? "", changes: rowCount ?? 0, rows: fields.length > 0 ? rows : undefined };
}
