/** The module `chromadb` over each of its stores. */
import * as chromadb from "chromadb";
import type { ChromaLibrary } from "../../../plugins/chromadb/chroma_library.ts";
import { Module } from "../../../plugins/chromadb/mod.ts";
import { config, scriptedKernel } from "../scripted_kernel.ts";
import { withDatabase } from "../services/database/with_database.ts";
import { MISSING as MISSING_POSTGRES, withPostgres } from "../services/database/postgres/with_postgres.ts";
import { type ChromaServer, startChroma } from "./chroma_server.ts";
import { missingChroma } from "./missing_chroma.ts";

export type Methods = Omit<Module, "getAspect">;

export interface Served {
  /** The module as one caller sees it. */
  as(api: string, principal?: string, signal?: AbortSignal): Methods;
}

export interface Store {
  readonly name: string;
  /** Not here, and why. */
  readonly missing?: string;
  serve(
    own: Record<string, unknown>,
    act: (served: Served) => Promise<void>,
    services?: Record<string, unknown>,
  ): Promise<void>;
}

export const EMBEDDED: Store = {
  name: "embedded",
  serve: (own, act, services = {}) =>
    withDatabase({}, (database) => act(served(own, { database: database.as("chromadb"), ...services }))),
};

/** The same tables at the service's other engine. */
export const EMBEDDED_POSTGRES: Store = {
  name: "embedded, PostgreSQL",
  ...(MISSING_POSTGRES !== undefined && { missing: MISSING_POSTGRES }),
  serve: (own, act, services = {}) =>
    withPostgres({}, (database) => act(served(own, { database: database.as("chromadb"), ...services }))),
};

let server: Promise<ChromaServer> | undefined;

/** One server for the tests of a file. */
export function sharedChroma(): Promise<ChromaServer> {
  return server ??= startChroma();
}

Deno.test.afterAll(async () => {
  await (await server)?.[Symbol.asyncDispose]();
  server = undefined;
});

/** The suite's runner says it too. */
export const MISSING = missingChroma();

export const SERVER: Store = {
  name: "server",
  ...(MISSING !== undefined && { missing: MISSING }),
  async serve(own, act, services = {}) {
    const { host, port } = await sharedChroma();
    await emptied(host, port);
    await act(served({ http_mode: true, host, port, ...own }, services));
  },
};

/** The module with settings and services, called in the names of callers. */
export function served(own: Record<string, unknown>, services: Record<string, unknown>): Served {
  const { kernel, as } = scriptedKernel(services);
  const module = new Module(
    kernel,
    config({ params: own, access: own["access"] }),
    chromadb as unknown as ChromaLibrary,
  );
  const call = (name: keyof Methods, api: string, principal?: string, signal?: AbortSignal) => (...args: unknown[]) =>
    as(api, () => Reflect.apply(module[name] as (...args: unknown[]) => unknown, module, args), principal, signal);
  return {
    as: (...who) => Object.fromEntries(METHODS.map((name) => [name, call(name, ...who)])) as unknown as Methods,
  };
}

async function emptied(host: string, port: number): Promise<void> {
  const client = new chromadb.ChromaClient({ host, port, ssl: false });
  for (const { name } of await client.listCollections({ limit: 1_000 })) await client.deleteCollection({ name });
}

const METHODS: readonly (keyof Methods)[] = [
  ...["get_or_create_collection", "add", "query", "get", "delete", "count"] as const,
  ...["list_collections", "delete_collection"] as const,
];
