/** The module `database` over a real PostgreSQL, a database of its own for each test. */
import pg from "pg";
import { Module } from "../../../../../plugins/services/database/mod.ts";
import type { PgLibrary } from "../../../../../plugins/services/database/postgres/pg_library.ts";
import { config, realFiles, scriptedKernel } from "../../../scripted_kernel.ts";
import type { ContractServed } from "../contract/contract_engine.ts";
import { calledBy } from "../with_database.ts";
import { missingPostgres } from "./missing_postgres.ts";
import { startPostgres, type TestServer } from "./postgres_server.ts";

let server: Promise<TestServer> | undefined;

/** One server for the tests of a file. */
export function sharedServer(): Promise<TestServer> {
  return server ??= startPostgres();
}

Deno.test.afterAll(async () => {
  await (await server)?.[Symbol.asyncDispose]();
  server = undefined;
});

/** The suite's runner says it too. */
export const MISSING = missingPostgres();

export interface PostgresServed extends ContractServed {
  readonly server: TestServer;
  readonly database: { readonly name: string; readonly url: string };
  readonly module: Module;
  /** Another instance on the same database. */
  another(own?: Record<string, unknown>): PostgresServed;
}

export async function withPostgres(
  own: Record<string, unknown>,
  act: (served: PostgresServed) => Promise<void>,
): Promise<void> {
  const server = await sharedServer();
  const database = await server.database();
  const opened: Module[] = [];
  const serve = (given: Record<string, unknown>): PostgresServed => {
    const scripted = scriptedKernel();
    const kernel = Object.assign(scripted.kernel, {
      secret: (name: string) => Promise.resolve(name === "PG" ? "admin" : ""),
    });
    const settings = config({ url: database.url, password_secret: "PG", ...given });
    const module = new Module(kernel, settings, realFiles("/nowhere"), pg as unknown as PgLibrary);
    opened.push(module);
    return {
      ...{ server, database, module },
      as: (...who) => calledBy(scripted, module, ...who),
      another: (other = {}) => serve({ ...given, ...other }),
    };
  };
  try {
    await act(serve(own));
  } finally {
    for (const module of opened) await module.shutdown();
  }
}
