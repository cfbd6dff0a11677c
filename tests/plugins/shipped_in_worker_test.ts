import assert from "node:assert/strict";
import { SHIPPED_PROGS } from "../../kernel/contract/shipped.ts";
import type { Caller } from "../../kernel/contract/wire.ts";
import { reply, type TestWorker } from "../guest/worker/start_worker.ts";
import { withHome } from "./scripted_kernel.ts";
import { shippedSpec, shippedText, specOf, startShipped } from "./shipped_in_worker.ts";

const CONFIGS = [
  "my_module",
  "services/database",
  "services/filesystem",
  "services/http",
  "tasks/rl_trainer",
].map((
  name,
) => `${name}.yml`);
/** Shipped with a dot: nobody needs them who has no such server. */
const DISABLED = [
  ".web",
  ".mcp",
  "services/.gate",
  "tasks/.self_improver",
  "inference/.local",
  "services/.chromadb",
  "services/.package_service",
  "services/.redis",
]
  .map((name) => `${name}.yml`);
const operator: Caller = { api: "@operator", principal: "@operator" };
const by = (api: string): { caller: Caller } => ({ caller: { api, principal: api } });

function toolsOf(worker: TestWorker): string[] {
  return worker.heard.flatMap((message) => message.t === "ready" ? message.tools.map(({ entry }) => entry) : []);
}

Deno.test("each shipped config names a shipped program under its own api; database, http and web have a process each", () => {
  const specs = CONFIGS.map(shippedSpec);
  assert.deepEqual(specs.map(({ api }) => api), ["my_module", "database", "filesystem", "http", "tasks/rl_trainer"]);
  const disabled = DISABLED.map((file) => specOf(file.replace(/(^|\/)\.(?=[^/]*$)/, "$1"), shippedText(file)));
  assert.deepEqual([...specs, ...disabled].map(({ prog }) => prog).sort(), [...SHIPPED_PROGS].sort());
  assert.deepEqual(disabled.map(({ api, cell }) => [api, cell]), [
    ...[["web", "own"], ["remote/example", "own"], ["gate", "own"], ["self_improver", "own"]],
    ...[["inference/local", "own"], ["chromadb", "own"], ["package_service", "own"], ["redis", "own"]],
  ]);
  assert.deepEqual(specs.map(({ cell }) => cell), ["shipped", "own", "shipped", "own", "shipped"]);
  assert.deepEqual(specs.map(({ grants }) => grants.services.map(({ api }) => api)), [[], [], [], [], ["database"]]);
});

Deno.test("database serves from a sealed Worker that has its folder and nothing else", () =>
  withHome(async (home) => {
    await using worker = await startShipped("services/database.yml", home);
    assert.deepEqual(toolsOf(worker), ["query", "execute", "transaction"]);
    worker.send({ t: "run" });
    await worker.value("execute", ["create table t (a, b)"], by("alice"));
    assert.deepEqual(
      await worker.value("execute", ["insert into t values (?, ?)", [2n ** 60n, new Uint8Array([1, 2])]], by("alice")),
      {
        changes: 1,
        lastInsertRowid: 1,
      },
    );
    assert.deepEqual(await worker.value("query", ["select * from t"], { caller: operator }), [{
      a: 2n ** 60n,
      b: new Uint8Array([1, 2]),
    }]);
    const refused = await worker.call("query", ["select * from t"], by("bob"));
    assert.ok(!refused.ok);
    assert.deepEqual([refused.code, refused.fault["message"], refused.fault["hint"]], [
      "denied",
      "'bob' may not read table 't', which belongs to 'alice' in: select * from t",
      "add to configs/services/database.yml: access: {bob: {read: [t]}}",
    ]);
    const empty = await worker.call("query", [""], by("bob"));
    assert.equal(!empty.ok && empty.code, "invalid_argument");
    const conflict = await worker.call("transaction", [[["create table u (x unique)"], [
      "insert into u values (1), (1)",
    ]]], by("bob"));
    assert.equal(!conflict.ok && conflict.code, "conflict");
    assert.deepEqual(
      await worker.value("query", { sql: "select count(*) n from t", params: [] }, {
        aspect: "tool",
        caller: operator,
      }),
      [{ n: 1 }],
    );
    worker.send({ t: "shutdown" });
    await worker.next("ended", ({ what }) => what === "shutdown");
    assert.deepEqual(Array.from(Deno.readDirSync(`${home}/runtime/files/database`), ({ name }) => name).sort(), [
      "README.txt",
      "database.sqlite",
    ]);
    assert.deepEqual(worker.leaked, []);
  }));

Deno.test("filesystem serves from a sealed Worker, each caller below its own folder", () =>
  withHome(async (home) => {
    Deno.mkdirSync(`${home}/configs`);
    Deno.writeTextFileSync(`${home}/configs/principals.yml`, "secret");
    await using worker = await startShipped("services/filesystem.yml", home);
    assert.deepEqual(toolsOf(worker), ["read_file", "write_file", "list", "stat", "delete"]);
    assert.deepEqual(await worker.value("write_file", ["a/b", "hallo"], by("mind/notes")), { bytes: 5 });
    assert.deepEqual(await worker.value("read_file", { path: "a/b" }, { aspect: "tool", ...by("mind/notes") }), {
      content: "hallo",
    });
    assert.deepEqual(
      await worker.value("read_file", [{ path: "runtime/files/mind.notes/a/b" }], { caller: operator }),
      { content: "hallo" },
    );
    for (const path of ["../mind.notes/a/b", "configs/principals.yml"]) {
      for (const who of [by("bob"), { caller: operator }]) {
        const refused = await worker.call("read_file", [path], who);
        assert.ok(!refused.ok && ["denied", "not_found"].includes(refused.code), path);
      }
    }
    assert.deepEqual(await worker.value("delete", ["a/b"], by("mind/notes")), { deleted: true });
    assert.deepEqual(worker.leaked, []);
  }));

Deno.test("rl_trainer and my_module run in sealed Workers without any permission", () =>
  withHome(async (home) => {
    await using trainer = await startShipped("tasks/rl_trainer.yml", home, { step_delay_seconds: 0.01 });
    const asked: string[] = [];
    trainer.onCall = (call) => {
      asked.push(`${call.api}.${call.name}`);
      return reply(call, call.name === "query" ? [{ step: 41, loss: 0.1 }] : { changes: 1, lastInsertRowid: 42 });
    };
    const third = trainer.next("call", () => asked.length >= 3);
    trainer.send({ t: "run" });
    await third;
    trainer.send({ t: "shutdown" });
    await trainer.next("ended", ({ what }) => what === "run");
    assert.deepEqual(asked.slice(0, 3), ["database.execute", "database.query", "database.execute"]);
    assert.ok((await trainer.value("progress") as { step: number }).step >= 42);

    await using example = await startShipped("my_module.yml", home);
    assert.deepEqual(await example.value("echo", [{ a: [1] }]), { a: [1] });
    const log = example.next("log", ({ text }) => text.includes("Working"));
    example.send({ t: "run" });
    assert.equal((await log).text, "[MyModule] Working...");
    example.send({ t: "shutdown" });
    await example.next("ended", ({ what }) => what === "run");
  }));
