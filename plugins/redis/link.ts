/** A connection that is opened when it is needed, logged in, and opened again when it was lost, after growing pauses. */
import { fault } from "meta-machine";
import { Connection, type ConnectionSettings } from "./connection.ts";
import { type Reply, ReplyError } from "./reply_reader.ts";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface LinkSettings extends ConnectionSettings {
  /** Sent first on each connection: who this is, and which database is meant. */
  greeting(): Promise<readonly (readonly string[])[]>;
}

export class Link {
  readonly #settings: LinkSettings;
  readonly #now: () => number;
  #opened: Promise<Connection> | undefined;
  #failures = 0;
  #pause: { readonly until: number; readonly why: Error } | undefined;
  #closed = false;

  constructor(settings: LinkSettings, now: () => number = Date.now) {
    this.#settings = settings;
    this.#now = now;
  }

  /** The reply to one command. A command that was sent is never sent again by itself: it may have been carried out. */
  async send(args: readonly (string | Uint8Array)[]): Promise<Reply> {
    return await (await this.#connection()).send(args);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened?.catch(() => undefined))?.close();
  }

  #connection(): Promise<Connection> {
    if (this.#closed) {
      throw fault("conflict", "the bridge to Redis is closing", { retriable: true, hint: "call again" });
    }
    if (this.#opened !== undefined) return this.#opened;
    // During a pause the last failure is told at once: each call would else wait as long as connecting takes.
    if (this.#pause !== undefined && this.#now() < this.#pause.until) throw this.#pause.why;
    const opening = this.#open();
    this.#opened = opening;
    opening.then(
      ({ closed }) => closed.then(() => this.#forget(opening)),
      () => this.#forget(opening),
    );
    return opening;
  }

  async #open(): Promise<Connection> {
    try {
      const connection = await Connection.open(this.#settings);
      await this.#greet(connection);
      if (this.#closed) connection.close();
      [this.#failures, this.#pause] = [0, undefined];
      return connection;
    } catch (error) {
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
      this.#pause = { until: this.#now() + pause, why: error as Error };
      throw error;
    }
  }

  async #greet(connection: Connection): Promise<void> {
    for (const args of await this.#settings.greeting()) {
      const reply = await connection.send(args);
      if (!(reply instanceof ReplyError)) continue;
      connection.close();
      throw fault("denied", `the Redis server refused ${args[0]}: ${reply.message}`, {
        hint: "check username, password_secret and db in the config of this service",
      });
    }
  }

  #forget(opening: Promise<Connection>): void {
    if (this.#opened === opening) this.#opened = undefined;
  }
}
