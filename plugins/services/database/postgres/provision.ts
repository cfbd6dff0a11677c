import { OPERATOR } from "../caller_name.ts";
import type { AccessMap } from "../parse_access.ts";
import { type Answer, PgConnection } from "./connection.ts";
import type { PgAddress } from "./parse_url.ts";
import type { PgLibrary } from "./pg_library.ts";
import { checkServer, refuseLogin } from "./check_server.ts";
import { isServerError } from "./postgres_fault.ts";
import { quoteName, quoteText, roleName, rolePassword, scramVerifier } from "./roles.ts";
import { settleAccess, type Settled } from "./settle_access.ts";
import type { PgValue } from "./bind_values.ts";

export interface ProvisionOf {
  readonly pg: PgLibrary;
  readonly address: PgAddress;
  readonly password: string | undefined;
  readonly schema: string;
  readonly access: AccessMap;
}

/** How a caller logs in. */
export interface Login {
  readonly role: string;
  readonly password: string;
}

/** Before each change of roles or of this service's own: instances of a reload do one after the other. */
const LOCK = "select pg_advisory_xact_lock(hashtext('meta-machine'))";

/**
 * What is done at the server as the user of `url`: it makes the schema, and for each caller a role that can log in and owns what it creates. Callers' statements
 * never run on this connection.
 */
export class Provision {
  readonly #of: ProvisionOf;
  readonly #logins = new Map<string, Promise<Login>>();
  readonly #roles = new Map<string, string>();
  #connection: PgConnection | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #key: Uint8Array<ArrayBuffer> | undefined;

  constructor(of: ProvisionOf) {
    this.#of = of;
  }

  get settled(): Settled {
    const { schema, access } = this.#of;
    return { schema, access, roles: this.#roles };
  }

  /** Makes all that is needed, and tries it out. Throws what is missing, in words for who sets up the server. */
  async start(): Promise<void> {
    const { schema, access, address } = this.#of;
    await this.#alone((connection) => checkServer(connection, address, schema));
    await this.#whole(async (connection) => {
      await connection.run(`create schema if not exists ${quoteName(schema)}`);
      await connection.run(`create schema if not exists ${this.#own}`);
      await connection.run(`create table if not exists ${this.#own}.key (bytes bytea not null)`);
      const insert = `insert into ${this.#own}.key select $1::bytea where not exists (select 1 from ${this.#own}.key)`;
      await connection.run(insert, [crypto.getRandomValues(new Uint8Array(32))]);
      const { rows } = await connection.run(`select bytes from ${this.#own}.key`);
      this.#key = rows![0]!["bytes"] as Uint8Array<ArrayBuffer>;
    });
    const operator = await this.login(OPERATOR);
    for (const api of access.keys()) this.#roles.set(api, (await this.login(api)).role);
    await this.#whole((connection) => settleAccess(connection, this.settled));
    const probe = await PgConnection.open({
      pg: this.#of.pg,
      address,
      user: operator.role,
      password: operator.password,
      settings: {},
    })
      .catch((error) => {
        throw refuseLogin(error, address);
      });
    await probe.close();
  }

  /** The caller's role, made when it is not there yet. */
  login(caller: string): Promise<Login> {
    let login = this.#logins.get(caller);
    if (login === undefined) {
      login = this.#makeRole(caller);
      login.catch(() => this.#logins.delete(caller));
      this.#logins.set(caller, login);
    }
    return login;
  }

  /** The role is made again when it is next asked for. */
  forget(caller: string): void {
    this.#logins.delete(caller);
  }

  /** One question of this service's own. */
  ask(sql: string, values: readonly PgValue[] = []): Promise<Answer> {
    return this.#alone((connection) => connection.run(sql, values));
  }

  /** Ends what a backend does, or the backend. */
  async stop(pid: number | null, what: "statement" | "backend"): Promise<void> {
    const stop = what === "statement" ? "pg_cancel_backend" : "pg_terminate_backend";
    await this.ask(`select ${stop}(${Number(pid)})`).catch(() => {}); // it has its own end: statement_timeout
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#connection?.close();
  }

  get #own(): string {
    return quoteName(`${this.#of.schema}_own`);
  }

  async #makeRole(caller: string): Promise<Login> {
    const { schema, address: { database } } = this.#of;
    const role = await roleName({ database, schema }, caller);
    const password = await rolePassword(this.#key!, role);
    const verifier = await scramVerifier(password);
    const operator = caller === OPERATOR ? undefined : (await this.login(OPERATOR)).role;
    await this.#whole(async (connection) => {
      const there = await connection.run("select 1 as there from pg_roles where rolname = $1", [role]);
      const how = there.rows!.length > 0
        ? `alter role ${quoteName(role)} login`
        : `create role ${quoteName(role)} login nosuperuser nocreatedb nocreaterole inherit noreplication`;
      await connection.run(`${how} password ${quoteText(verifier)}`);
      await connection.run(`comment on role ${quoteName(role)} is ${quoteText(`${COMMENT}${caller}`)}`);
      await connection.run(`grant usage, create on schema ${quoteName(schema)} to ${quoteName(role)}`);
      await connection.run(`grant ${quoteName(role)} to current_user`);
      if (operator !== undefined) await connection.run(`grant ${quoteName(role)} to ${quoteName(operator)}`);
    });
    return { role, password };
  }

  async #whole(act: (connection: PgConnection) => Promise<void>): Promise<void> {
    await this.#alone(async (connection) => {
      await connection.run("begin");
      try {
        await connection.run(LOCK);
        await act(connection);
        await connection.run("commit");
      } catch (error) {
        await connection.run("rollback").catch(() => connection.destroy());
        throw error;
      }
    });
  }

  /** One thing after the other on one connection; a new one where the last was lost. */
  #alone<T>(act: (connection: PgConnection) => Promise<T>): Promise<T> {
    const done = this.#last.catch(() => {}).then(async () => {
      if (this.#connection === undefined || this.#connection.ended) this.#connection = await this.#connect();
      return await act(this.#connection);
    });
    this.#last = done;
    return done;
  }

  #connect(): Promise<PgConnection> {
    const { pg, address, password } = this.#of;
    const settings = { client_min_messages: "error", statement_timeout: "15000" };
    return PgConnection.open({ pg, address, user: address.user, password, settings });
  }
}

/** Stands before a caller's name in the comment of its role. */
export const COMMENT = "meta-machine: ";

/** Whether a connection failed because of who asked for it. */
export function isRefusedLogin(error: unknown): boolean {
  return isServerError(error) && error.code.startsWith("28");
}
