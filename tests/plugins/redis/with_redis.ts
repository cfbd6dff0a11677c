/** The module `redis` at a server, called in the names of callers. */
import type { Kernel } from "meta-machine";
import { Module } from "../../../plugins/redis/mod.ts";
import { config, scriptedKernel } from "../scripted_kernel.ts";
import { missingRedis } from "./missing_redis.ts";
import { type RedisServer, startRedis } from "./redis_server.ts";

export type Methods = Omit<Module, "shutdown" | "getAspect">;

export interface Served extends AsyncDisposable {
  readonly module: Module;
  as(api: string): Methods;
}

export const MISSING = missingRedis();

export function served(params: Record<string, unknown>, own: Record<string, unknown> = {}): Served {
  const { kernel, as } = scriptedKernel();
  const secrets = { secret: (name: string) => Promise.resolve(`the ${name}`) };
  const module = new Module({ ...kernel, ...secrets } as unknown as Kernel, config({ params, ...own }));
  const call = (api: string, name: keyof Methods) => (...args: unknown[]) =>
    as(api, () => Reflect.apply(module[name] as (...args: unknown[]) => unknown, module, args));
  return {
    module,
    as: (api) => Object.fromEntries(METHODS.map((name) => [name, call(api, name)])) as unknown as Methods,
    [Symbol.asyncDispose]: () => module.shutdown(),
  };
}

let server: Promise<RedisServer> | undefined;

/** One server for the tests of a file. */
export function sharedRedis(): Promise<RedisServer> {
  return server ??= startRedis();
}

Deno.test.afterAll(async () => {
  await (await server)?.[Symbol.asyncDispose]();
  server = undefined;
});

/** Registers a test that needs a server; `own` goes into the module's config. */
export function atRedis(
  name: string,
  act: (served: Served, server: RedisServer) => Promise<void>,
  own: Record<string, unknown> = {},
): void {
  Deno.test({
    name,
    ignore: MISSING !== undefined,
    async fn() {
      const server = await sharedRedis();
      await using module = served(
        { port: server.port, ...own["params"] as Record<string, unknown> },
        own["whole"] === undefined ? {} : { whole: own["whole"] },
      );
      await module.as("@operator").command("FLUSHALL");
      await act(module, server);
    },
  });
}

const METHODS: readonly (keyof Methods)[] = ["get", "set", "del", "expire", "ttl", "incr", "publish", "command"];
