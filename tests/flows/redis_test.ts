/** The bridge to Redis as a host runs it: by the config that ships with a dot, in a sealed Worker that may reach one address. */
import assert from "node:assert/strict";
import { missingRedis } from "../plugins/redis/missing_redis.ts";
import { startRedis } from "../plugins/redis/redis_server.ts";
import { RunningHost, until } from "./running_host.ts";

const SHIPPED = Deno.readTextFileSync(new URL("../../configs/services/.redis.yml", import.meta.url));
const CALLER = `
export class Module {
  constructor(kernel) { this.redis = kernel.getApi("redis"); }
  async story() {
    await this.redis.set("greeting", "hello", { seconds: 60 });
    return [await this.redis.call("get", "greeting"), await this.redis.incr("visits"), await this.redis.del("visits")];
  }
}`;

Deno.test({
  name: "the shipped config, enabled, reaches a real Redis server by address and by name, and nothing else",
  ignore: missingRedis() !== undefined,
  async fn() {
    await using server = await startRedis();
    const at = (host: string, net = host) =>
      SHIPPED.replace("host: 127.0.0.1", `host: ${host}`).replace("port: 6379", `port: ${server.port}`)
        .replace("127.0.0.1:6379", `${net}:${server.port}`);
    await using host = await RunningHost.start({
      "configs/services/.redis.yml": at("127.0.0.1"),
      "plugins/caller.js": CALLER,
      "configs/caller.yml": "grants: {services: [redis]}\n",
    });
    assert.equal((await host.cli("enable", "redis")).code, 0);
    const runs = async (before?: number) => {
      const now = await host.module("redis");
      return now?.state === "running" && now.pid !== before;
    };
    await until(() => runs(), 20_000, () => host.stderr);
    assert.deepEqual(await host.call("caller", "story"), ["hello", 1, 1]);
    assert.equal(await host.call("redis", "get", "caller:greeting"), "hello");
    const read = JSON.stringify({ key: "caller:greeting" });
    assert.equal(await host.json("call", "redis", "get", read, "--aspect", "tool"), "hello");
    const change = async (text: string): Promise<void> => {
      const before = (await host.module("redis"))?.pid ?? undefined;
      await host.write({ "configs/services/redis.yml": text });
      await until(() => runs(before), 20_000, () => host.stderr);
    };
    await change(at("localhost"));
    assert.deepEqual(await host.call("caller", "story"), ["hello", 1, 1]);
    await change(at("127.0.0.1", "192.0.2.1"));
    const { message } = await host.fault("call", "caller", "story");
    assert.match(message, /was not reached: .*net access/);
  },
});
