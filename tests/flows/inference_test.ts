/** A model as a module has it: the shipped program in a cell, the shipped http service before it, a scripted model behind real HTTP, and a key that nobody sees. */
import assert from "node:assert/strict";
import { ModelServer, refuses, says, talksNonsense, vectorOf } from "../model_server/mod.ts";
import { RunningHost, until } from "./running_host.ts";

const HTTP = Deno.readTextFileSync(new URL("../../configs/services/http.yml", import.meta.url));
const LOCAL = Deno.readTextFileSync(new URL("../../configs/inference/.local.yml", import.meta.url));
const KEY = "sk-planted-7f3a9c51e2";

const ASKS = `
export class Module {
  constructor(kernel) { this.mind = kernel.getApi("inference/mind"); this.kernel = kernel; }
  async follow(asked) {
    const kinds = []; let text = "";
    for await (const item of await this.mind.stream(asked)) { if (kinds.at(-1) !== item.kind) kinds.push(item.kind); if (item.kind === "text") text += item.text; }
    return { kinds, text };
  }
  async leave(asked) { for await (const item of await this.mind.stream(asked)) return item; }
  async patience(asked, ms) { try { return await this.mind.chat({ ...asked, signal: AbortSignal.timeout(ms) }); } catch (error) { return error.name; } }
  async fault(method, ...args) { try { return await this.mind.call(method, ...args); } catch ({ code, message, hint, retriable }) { return { code, message, hint, retriable }; } }
  secret(name) { return this.kernel.secret(name); }
}`;

/** The config of a model at that server; what is granted as a person would write it. */
const mind = (server: ModelServer, params = "", grants = "") => `
prog: openai
grants:
  packages: [openai, "@cfworker/json-schema"]
  net: ["${server.at}"]
  prompts: [meta.txt]
  secrets: [{env: MIND_KEY, host: 127.0.0.1, header: Authorization}]
${grants}params: {api_key_env: MIND_KEY, base_url: "${server.base_url}", model: scripted, prompt_file: prompts/meta.txt, persona: You are Ann., ${params}}
limits: {call_timeout_ms: 60000}
`;

interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retriable: boolean;
}

Deno.test("a module asks a model through the shipped program, streams, and its key is seen by its host alone", async (t) => {
  await using server = new ModelServer({ models: ["scripted", "other"] });
  await using host = await RunningHost.start({
    "plugins/asks.js": ASKS,
    "configs/asks.yml": 'prog: asks\ngrants: {services: ["inference/*"]}\n',
    "configs/services/http.yml": HTTP,
    "configs/inference/mind.yml": mind(server),
    "configs/inference/bare.yml":
      'prog: openai\nparams: {api_key_env: OPENROUTER_API_KEY, base_url: "https://openrouter.ai/api/v1", model: m, temperature: 0.7, tool_use: true, prompt_file: "prompts/meta.txt"}\n',
    "configs/inference/unset.yml": mind(server).replaceAll("MIND_KEY", "UNSET_KEY"),
    "configs/inference/.local.yml": LOCAL,
    "prompts/meta.txt": "{{persona}} It is {{date}}.",
  }, { env: { MIND_KEY: KEY } });

  await t.step(
    "it answers, with the prompt before the conversation and the key in the header of its host",
    async () => {
      server.will(says("Good day."));
      const { text, usage } = await host.call<{ text: string; usage: { output_tokens: number } }>(
        "inference/mind",
        "chat",
        "hello",
      );
      assert.deepEqual([text, usage.output_tokens > 0], ["Good day.", true]);
      assert.match(server.messages()[0].content, /^You are Ann\. It is \d{4}-\d\d-\d\d\.$/);
      assert.equal(server.asked.at(-1)!.headers["authorization"], `Bearer ${KEY}`);
      assert.deepEqual(await host.call("inference/mind", "models"), [{ id: "scripted", owned_by: "tests" }, {
        id: "other",
        owned_by: "tests",
      }]);
      assert.deepEqual(await host.call("inference/mind", "embed", ["a cat"]), [vectorOf("a cat")]);
      server.will(says('{"a": 1}'));
      const schema = { type: "object", properties: { a: { type: "integer" } }, required: ["a"] };
      assert.deepEqual(
        (await host.call<{ value: unknown }>("inference/mind", "chat", { messages: "x", schema })).value,
        { a: 1 },
      );
    },
  );

  await t.step("it streams to another module, piece by piece", async () => {
    server.will(says("one two three four", { pause_ms: 5 }));
    assert.deepEqual(await host.call("asks", "follow", "hello"), {
      kinds: ["text", "usage", "done"],
      text: "one two three four",
    });
    server.will(says("one two three four", { ending: "never" }), says("there"));
    assert.deepEqual(await host.call("asks", "leave", "hello"), { kind: "text", text: "one two" });
    assert.equal(await host.call("inference/mind", "infer", "hello"), "there");
  });

  await t.step("who gives up gets his own reason, and the model's place is free again", async () => {
    server.will(...Array.from({ length: 5 }, () => says("late", { ending: "never", after: 0 })), says("there"));
    for (let i = 0; i < 5; i++) {
      assert.equal(await host.call("asks", "patience", { messages: "hello" }, 150), "TimeoutError");
    }
    assert.equal(await host.call("inference/mind", "infer", "hello"), "there");
  });

  await t.step("it tries again over the real service, and what goes wrong has its name", async () => {
    server.will(
      refuses(429, "slowly", { "retry-after": "0.1" }),
      refuses(503),
      says("", { ending: "cut", after: -1 }),
      says("at last"),
    );
    assert.equal(await host.call("inference/mind", "infer", "hello"), "at last");
    server.will(says("a long text", { ending: "cut", after: 1 }));
    const cut = await host.call<Told>("asks", "fault", "chat", "hello");
    assert.deepEqual([cut.code, cut.retriable], ["conflict", true]);
    server.will(talksNonsense());
    assert.match(
      (await host.call<Told>("asks", "fault", "chat", "hello")).message,
      /can't be read: a piece of it is no JSON$/,
    );
    server.will(refuses(401, `Incorrect API key provided: ${KEY}`));
    const denied = await host.call<Told>("asks", "fault", "chat", "hello");
    assert.match(denied.message, /refuses the key.*Incorrect API key provided: \*+$/);
    assert.match(denied.hint, /MIND_KEY holds a valid key/);
  });

  await t.step("a key in what the model says, in its errors and in its stream, comes back as stars", async () => {
    server.will(says(`your key is ${KEY}, is it not?`, { piece: 400 }), refuses(400, `bad: ${KEY} ${btoa(KEY)}`));
    assert.equal(
      await host.call("inference/mind", "infer", "hello"),
      `your key is ${"*".repeat(KEY.length)}, is it not?`,
    );
    assert.equal((await host.call<Told>("asks", "fault", "chat", "hello")).code, "invalid_argument");
  });

  await t.step("no module gets the key, also not the one to which it is bound", async () => {
    assert.match((await host.fault("call", "asks", "secret", "MIND_KEY")).message, /^'asks' may not use secret/);
    for (const name of ["secret", "_settings", "kernel"]) {
      const { code } = await host.fault("call", "inference/mind", name, "MIND_KEY");
      assert.ok(["no_attribute", "private_name"].includes(code), code);
    }
  });

  await t.step(
    "the paper's own listing loads without any grant, and a call says what to add; a key that is not set is told by its name",
    async () => {
      const bare = await host.fault("call", "inference/bare", "chat", "hello");
      assert.equal(bare.message, "this module may not reach its model at openrouter.ai:443");
      assert.match(
        bare.hint,
        /grants: \{packages: \[openai\], net: \["openrouter\.ai:443"\], secrets: \[\{env: OPENROUTER_API_KEY,/,
      );
      const unset = await host.fault("call", "inference/unset", "chat", "hello");
      assert.deepEqual([unset.code, unset.message, unset.hint], [
        ...[
          "not_found",
          "the secret 'UNSET_KEY', which is bound to 127.0.0.1, is not set",
          "start the host with UNSET_KEY in its environment",
        ],
      ]);
    },
  );

  await t.step(
    "a shipped config that was off is enabled by its name, and a wrong one is told and leaves the former running",
    async () => {
      assert.equal((await host.cli("enable", "inference/local")).code, 0);
      await until(async () => (await host.module("inference/local"))?.state === "running", 10_000, () => host.stderr);
      await host.write({ "configs/inference/mind.yml": mind(server, "temperature: 9") });
      await until(
        async () => JSON.stringify(await host.events()).includes("params.temperature is 9; a number from 0 to 2 works"),
        10_000,
        () => host.stderr,
      );
      server.will(says("still there"));
      assert.equal(await host.call("inference/mind", "infer", "hello"), "still there");
    },
  );

  await t.step("a changed prompt is read anew, and what was counted goes along", async () => {
    await host.write({ "configs/inference/mind.yml": mind(server) });
    const before = await host.call<{ requests: number }>("inference/mind", "usage");
    await host.write({ "prompts/meta.txt": "Changed." });
    await until(
      async () => {
        server.will(says("x"));
        await host.call("inference/mind", "infer", "hello");
        return server.messages()[0].content === "Changed.";
      },
      10_000,
      () => "the prompt is the old one",
    );
    assert.ok((await host.call<{ requests: number }>("inference/mind", "usage")).requests > before.requests);
  });

  await t.step("no answer, error, log, event, status or line on stderr has seen the key", async () => {
    const logs = `${host.home}/runtime/logs`;
    const seen = [
      host.stderr,
      JSON.stringify(await host.status()),
      JSON.stringify(await host.events()),
      (await host.cli("logs", "inference/mind")).out,
      JSON.stringify(await host.call("inference/mind", "exportState").catch((error) => String(error))),
      ...[...Deno.readDirSync(logs)].map(({ name }) => Deno.readTextFileSync(`${logs}/${name}`)),
    ];
    for (const text of seen) {
      assert.doesNotMatch(text, /planted-7f3a9c51e2/);
      assert.ok(!text.includes(btoa(KEY).slice(0, 16)));
    }
    assert.ok(seen.length > 5);
    assert.deepEqual((await host.module("inference/mind"))!.restarts, 0);
  });
});
