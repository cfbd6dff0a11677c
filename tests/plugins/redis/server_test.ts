import assert from "node:assert/strict";
import { faultOf } from "../scripted_kernel.ts";
import { startRedis } from "./redis_server.ts";
import { atRedis, MISSING, served } from "./with_redis.ts";

atRedis("values come back as they were set: texts, numbers, bytes, nothing", async ({ as }) => {
  const notes = as("notes");
  for (const value of ["", "a\r\nb", "grüße 🍞", "x".repeat(1_000_000)]) {
    assert.equal(await notes.set("a", value), true);
    assert.equal(await notes.get("a"), value);
  }
  await notes.set("b", new Uint8Array([0, 255, 13, 10]));
  assert.deepEqual(await notes.get("b"), new Uint8Array([0, 255, 13, 10]));
  await notes.set("c", 1.5);
  assert.equal(await notes.get("c"), "1.5");
  assert.equal(await notes.get("nobody"), null);
  assert.equal(await notes.del("a", "b", "nobody"), 2);
  assert.equal(await notes.get("a"), null);
});

atRedis("set keeps a value for a time, or only where there is none or one", async ({ as }) => {
  const notes = as("notes");
  assert.equal(await notes.set("a", "1", { only: "old" }), false);
  assert.equal(await notes.set("a", "1", { only: "new", seconds: 60 }), true);
  assert.equal(await notes.set("a", "2", { only: "new" }), false);
  assert.equal(await notes.get("a"), "1");
  const left = await notes.ttl("a");
  assert.ok(typeof left === "number" && left > 50 && left <= 60, String(left));
  await notes.set("a", "3");
  assert.equal(await notes.ttl("a"), null);
  assert.equal(await notes.expire("a", 60), true);
  assert.equal(await notes.expire("nobody", 60), false);
  assert.equal(await notes.ttl("nobody"), null);
});

atRedis("incr counts, and says what the server refuses", async ({ as }) => {
  const notes = as("notes");
  assert.equal(await notes.incr("n"), 1);
  assert.equal(await notes.incr("n", -5), -4);
  await notes.set("n", "9223372036854775000");
  assert.equal(await notes.incr("n", 7), 9_223_372_036_854_775_007n);
  await notes.set("n", "text");
  const { code, message } = await faultOf(() => notes.incr("n"));
  assert.deepEqual([code, message], [
    "invalid_argument",
    "the Redis server refused INCRBY: ERR value is not an integer or out of range",
  ]);
});

atRedis(
  "callers have their own keys and channels; whole ones and the operator see the server as it is",
  async ({ as }) => {
    await as("alice").set("k", "hers");
    await as("bob").set("k", "his");
    await as("a/b").set("k", "theirs");
    assert.equal(await as("alice").get("k"), "hers");
    for (const key of ["alice:k", "../alice:k", "alice", ":k", "*", "alice:k\r\nDEL alice:k"]) {
      assert.equal(await as("bob").get(key), null, key);
      assert.equal(await as("bob").del(key), 0, key);
    }
    assert.deepEqual([...await as("@operator").command("KEYS", "*") as string[]].sort(), ["a/b:k", "alice:k", "bob:k"]);
    assert.equal(await as("importer").get("alice:k"), "hers");
    const { code, message, hint } = await faultOf(() => as("bob").command("GET", "alice:k"));
    assert.deepEqual([code, message], [
      "denied",
      "'bob' may not send commands of its own: they could name anybody's keys",
    ]);
    assert.match(hint, /whole: \[bob\]/);
    assert.equal(await as("alice").get("k"), "hers");
  },
  { whole: ["importer"] },
);

atRedis("command sends any command that leaves the shared connection as it is", async ({ as }) => {
  const { command } = as("@operator");
  assert.equal(await command("HSET", "user", "name", "ada", "age", 36), 2);
  assert.deepEqual(await command("HGETALL", "user"), ["name", "ada", "age", "36"]);
  assert.deepEqual(await command("EVAL", "return {1, {'a', false}}", 0), [1, ["a", null]]);
  for (
    const name of ["select", "MULTI", "Subscribe", "BLPOP", "MONITOR", "CLIENT", "SHUTDOWN", "DEBUG", "QUIT", "HELLO"]
  ) {
    const { code, message } = await faultOf(() => command(name, "0"));
    assert.deepEqual([code, message], ["denied", `${name.toUpperCase()} is not offered here`]);
  }
  assert.equal((await faultOf(() => command("XREAD", "block", 0, "STREAMS", "s", "$"))).code, "denied");
  for (const args of [[], [5], [""], ["GET\r\n"], ["GET", {}], ["GET", null]]) {
    assert.equal((await faultOf(() => command(...args))).code, "invalid_argument", JSON.stringify(args));
  }
  assert.equal(
    (await faultOf(() => command("NOSUCH"))).message.slice(0, 61),
    "the Redis server refused NOSUCH: ERR unknown command 'NOSUCH'",
  );
});

atRedis("calls at once share one connection, and each gets its own answer", async ({ as }) => {
  const notes = as("notes");
  const answers = await Promise.all(Array.from({ length: 500 }, async (_, n) => {
    await notes.set(`k${n}`, `v${n}`);
    return await notes.get(`k${n}`);
  }));
  assert.deepEqual(answers, Array.from({ length: 500 }, (_, n) => `v${n}`));
  const clients = await as("@operator").command("INFO", "clients") as string;
  assert.match(clients, /connected_clients:1\r\n/);
});

atRedis("publish reaches who listens to the caller's channel", async ({ as }, { port }) => {
  using listener = await Deno.connect({ hostname: "127.0.0.1", port });
  await listener.write(new TextEncoder().encode("SUBSCRIBE notes:news\r\n"));
  const read = async () => {
    const bytes = new Uint8Array(1_000);
    return new TextDecoder().decode(bytes.subarray(0, await listener.read(bytes) ?? 0));
  };
  await read();
  assert.equal(await as("notes").publish("news", "rain"), 1);
  assert.match(await read(), /notes:news\r\n\$4\r\nrain/);
  assert.equal(await as("mail").publish("news", "sun"), 0);
});

atRedis("arguments at their limits are taken, and the next ones refused before anything is sent", async ({ as }) => {
  const notes = as("notes");
  await notes.set("k".repeat(1_024), "x".repeat(100));
  const wrong = [
    () => notes.set("k".repeat(1_025), "x"),
    () => notes.set("", "x"),
    () => notes.get(undefined),
    () => notes.set("k", undefined),
    () => notes.set("k", { a: 1 }),
    () => notes.set("k", "x", { ttl: 5 }),
    () => notes.set("k", "x", { seconds: 0 }),
    () => notes.set("k", "x", { only: "maybe" }),
    () => notes.set("k", "x", 5),
    () => notes.expire("k", -1),
    () => notes.incr("k", 0.5),
    () => notes.del(),
  ];
  for (const act of wrong) assert.equal((await faultOf(act)).code, "invalid_argument", String(act));
  assert.equal((await faultOf(() => notes.set("k", "x".repeat(101)))).code, "too_large");
  assert.equal(await notes.get("k"), null);
}, { params: { max_value_bytes: 100 } });

Deno.test({
  name:
    "after a lost connection the next call opens another one, after growing pauses; what was under way fails as perhaps done",
  ignore: MISSING !== undefined,
  async fn() {
    await using server = await startRedis();
    await using module = served({ port: server.port });
    const notes = module.as("notes");
    await notes.set("k", "v");
    const waiting = faultOf(() => module.as("@operator").command("EVAL", "while true do end", 0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.kill();
    const lost = await waiting;
    assert.deepEqual([lost.code, lost.retriable], ["conflict", true]);
    assert.match(lost.message, /^the Redis server at 127\.0\.0\.1:\d+ was lost: /);
    assert.match(lost.hint, /may have been carried out/);
    const down = await faultOf(() => notes.get("k"));
    assert.match(down.message, /^the Redis server at 127\.0\.0\.1:\d+ was not reached: /);
    assert.match(down.hint, /^start one: redis-server --bind 127\.0\.0\.1 --port \d+; /);
    await server.start();
    for (let round = 0;; round++) {
      const answer = await notes.get("k").catch((error) => error.code);
      if (answer === null) break;
      assert.equal(answer, "conflict");
      assert.ok(round < 200, "it never came back");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(await notes.set("k", "w"), true);
  },
});

Deno.test({
  name: "a password comes from a secret, and a wrong one is refused with what to check",
  ignore: MISSING !== undefined,
  async fn() {
    await using server = await startRedis("--requirepass", "the REDIS_PASSWORD");
    await using right = served({ port: server.port, password_secret: "REDIS_PASSWORD", db: 3 });
    assert.equal(await right.as("notes").set("k", "v"), true);
    assert.match(await right.as("@operator").command("INFO", "keyspace") as string, /db3:keys=1/);
    await using wrong = served({ port: server.port, password_secret: "OTHER" });
    const refused = await faultOf(() => wrong.as("notes").get("k"));
    assert.equal(refused.code, "denied");
    assert.match(refused.message, /^the Redis server refused AUTH: WRONGPASS/);
    assert.match(refused.hint, /password_secret/);
    await using none = served({ port: server.port });
    assert.equal((await faultOf(() => none.as("notes").get("k"))).code, "denied");
  },
});
