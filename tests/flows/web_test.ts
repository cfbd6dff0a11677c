/** The web module in a real host, over real HTTP: every route, whose authority each request has, and what becomes of it when one side goes. */
import assert from "node:assert/strict";
import OpenAI from "openai";
import { bodyOf, portOf, startWeb, webConfig, type WebHost } from "../plugins/web/web_host.ts";
import { MODES, overHttp } from "./mcp/official_client.ts";
import { until } from "./running_host.ts";

const MESSAGES = (content: string) => [{ role: "user" as const, content }];
const LOCAL = "inference/local";

async function clientFor(web: WebHost, principal: string): Promise<OpenAI> {
  return new OpenAI({ apiKey: await web.token(principal), baseURL: `${web.base}/v1`, maxRetries: 0 });
}
const endings = (web: WebHost, api = LOCAL) => web.host.call<string[]>(api, "howEnded");

Deno.test("the web module, in a real host", async (t) => {
  await using web = await startWeb();
  const { host } = web;
  const openai = await clientFor(web, "kitchen");

  await t.step("each request acts as its token's principal, by its grants and under its name", async () => {
    assert.equal(await (await fetch(`${web.base}/healthz`)).text(), "ok\n");
    const call = (who: string, method: string, ...args: unknown[]) =>
      web.post(who, "/api/call", { api: "notes", method, args });
    assert.deepEqual(await bodyOf(await call("kitchen", "whoami")), { result: "@kitchen for kitchen" });
    assert.deepEqual(await bodyOf(await call("kitchen", "plain")), {
      result: {
        big: "1152921504606846976",
        day: "1970-01-01T00:00:00.000Z",
        bytes: { base64: "AQI=" },
        no: null,
        ["__proto__"]: 1,
      },
    });
    const { error } = await bodyOf(await call("cellar", "whoami"), 403);
    assert.deepEqual([error.code, error.message], ["not_granted", "'@cellar' may not call 'notes'"]);
    assert.equal((await bodyOf(await call("kitchen", "gone"), 404)).error.code, "no_attribute");
    assert.equal((await bodyOf(await call("kitchen", "_all"), 403)).error.code, "private_name");
    assert.equal(
      (await bodyOf(await call("kitchen", "many"), 400)).error.message,
      "the method's answer is a stream, which this route can't carry",
    );
    const other = { api: "notes", method: "hello", aspect: "other" };
    assert.deepEqual(await bodyOf(await web.post("kitchen", "/api/call", other)), { result: "other" });
  });

  await t.step("an error of a service arrives with its message, and without its stack", async () => {
    const text = JSON.stringify(
      await bodyOf(await web.post("kitchen", "/api/call", { api: "notes", method: "fail" }), 500),
    );
    assert.match(text, /it can't be/);
    assert.doesNotMatch(text, /notes\.js|at Module|\.fail/);
  });

  await t.step("nobody gets at what the web module itself was granted", async () => {
    for (const api of ["@kernel", "@tools", "web"]) {
      const response = await web.post("kitchen", "/api/call", { api, method: "status", args: [] });
      assert.ok([400, 403].includes(response.status), api);
      assert.doesNotMatch(await response.text(), /modules/);
    }
  });

  await t.step("tools: the catalog of the principal, and one outcome for each call", async () => {
    const { tools } = await bodyOf(await web.as("kitchen", "/api/tools"));
    assert.deepEqual(tools.map(({ name, api }: { name: string; api: string }) => [name, api]), [[
      "notes_add",
      "notes",
    ]]);
    assert.deepEqual((await bodyOf(await web.as("cellar", "/api/tools"))).tools, []);
    const ask = (who: string, body: unknown) => web.post(who, "/api/tools", body);
    assert.deepEqual(await bodyOf(await ask("kitchen", { tool: "notes_add", params: { text: "tea" }, id: "c1" })), {
      ...{ result: "notes_add", id: "c1", status: "success", data: 1 },
    });
    assert.equal(
      (await bodyOf(await ask("kitchen", { tool: "notes_add", params: {} }), 400)).error.code,
      "invalid_params",
    );
    assert.equal(
      (await bodyOf(await ask("cellar", { tool: "notes_add", params: { text: "x" } }), 403)).error.code,
      "denied",
    );
    assert.equal((await bodyOf(await ask("kitchen", { tool: "notes_ad" }), 404)).error.code, "unknown_tool");
  });

  await t.step("a tool that asks first waits for the operator's yes; /api/call is no way around him", async () => {
    await host.write({ "configs/notes.yml": "approve: ask\n" });
    const asked = async () => (await host.json<{ id: string; principal: string }[]>("approvals"))[0];
    let answer: Promise<Response> | undefined;
    await until(
      async () => {
        answer ??= web.post("kitchen", "/api/tools", { tool: "notes_add", params: { text: "milk" } });
        return await asked() !== undefined || (answer = undefined) !== undefined;
      },
      10_000,
      () => "nobody is asked",
    );
    const { id, principal } = (await asked())!;
    assert.equal(principal, "kitchen");
    assert.equal((await host.cli("approve", id)).code, 0);
    assert.equal((await bodyOf(await answer!)).status, "success");
    const around = await web.post("kitchen", "/api/call", {
      api: "notes",
      method: "add",
      aspect: "tool",
      args: [{ text: "x" }],
    });
    assert.equal((await bodyOf(around, 400)).error.message, "tools are not called here");
  });

  await t.step("models are the inference modules that the principal may ask", async () => {
    const ids = async (client: OpenAI) => (await client.models.list()).data.map(({ id }) => id);
    assert.deepEqual(await ids(openai), [LOCAL, "inference/other"]);
    assert.deepEqual(await ids(await clientFor(web, "cellar")), [LOCAL]);
    assert.deepEqual(await ids(await clientFor(web, "watcher")), []);
    assert.equal((await openai.models.retrieve(LOCAL)).id, LOCAL);
    await assert.rejects((await clientFor(web, "cellar")).models.retrieve("inference/other"), OpenAI.NotFoundError);
  });

  await t.step("the openai package asks, whole and streaming, and is told tokens and ends", async () => {
    const whole = await openai.chat.completions.create({
      model: LOCAL,
      messages: MESSAGES("hello"),
      temperature: 0.5,
      max_tokens: 50,
    });
    assert.deepEqual([whole.choices[0]!.message.content, whole.choices[0]!.finish_reason], [
      "hello for @kitchen",
      "stop",
    ]);
    assert.deepEqual(whole.usage, { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
    const asked = await openai.chat.completions.create({
      model: LOCAL,
      messages: MESSAGES("asked"),
      temperature: 0.5,
      max_tokens: 50,
      seed: 1,
    });
    assert.deepEqual(JSON.parse(asked.choices[0]!.message.content!), {
      messages: MESSAGES("asked"),
      temperature: 0.5,
      max_tokens: 50,
    });

    let text = "";
    const ends: unknown[] = [];
    const stream = await openai.chat.completions.create({
      ...{ model: LOCAL, messages: MESSAGES("hello"), stream: true, stream_options: { include_usage: true } },
    });
    for await (const { choices: [choice], usage } of stream) {
      text += choice?.delta.content ?? "";
      if (choice?.finish_reason) ends.push(choice.finish_reason);
      if (usage) ends.push(usage.total_tokens);
    }
    assert.deepEqual([text, ends], ["you said hello", ["stop", 9]]);
    const raw = await web.post("kitchen", "/v1/chat/completions", {
      model: LOCAL,
      messages: MESSAGES("hello"),
      stream: true,
    });
    assert.match(await raw.text(), /\n\ndata: \[DONE\]\n\n$/);
  });

  await t.step("functions that the client brings come back as its calls", async () => {
    const tools = [{ type: "function" as const, function: { name: "look", parameters: { type: "object" } } }];
    const whole = await openai.chat.completions.create({ model: LOCAL, messages: MESSAGES("hello"), tools });
    assert.equal(whole.choices[0]!.finish_reason, "tool_calls");
    const runner = openai.chat.completions.stream({ model: LOCAL, messages: MESSAGES("hello"), tools });
    const [call] = (await runner.finalChatCompletion()).choices[0]!.message.tool_calls!;
    assert.equal(call?.type === "function" && call.function.name, "look");
  });

  await t.step("the openai package is refused in its own words", async () => {
    const ask = (client: OpenAI, model: string, content: string, stream = false) =>
      client.chat.completions.create({ model, messages: MESSAGES(content), stream });
    await assert.rejects(
      ask(openai, "inference/none", "x"),
      (error) => error instanceof OpenAI.APIError && error.status === 503,
    );
    await assert.rejects(ask(openai, "notes", "x"), OpenAI.NotFoundError);
    const cellar = await clientFor(web, "cellar");
    assert.equal((await ask(cellar, LOCAL, "x") as OpenAI.ChatCompletion).choices[0]!.message.content, "x for @cellar");
    await assert.rejects(ask(cellar, LOCAL, "x", true), OpenAI.PermissionDeniedError);
    await assert.rejects(ask(cellar, "inference/other", "x"), OpenAI.PermissionDeniedError);
    await assert.rejects(openai.chat.completions.create({ model: LOCAL, messages: [] }), OpenAI.BadRequestError);
    const stranger = new OpenAI({ apiKey: `mm_${"0".repeat(64)}`, baseURL: `${web.base}/v1`, maxRetries: 0 });
    await assert.rejects(ask(stranger, LOCAL, "x"), OpenAI.AuthenticationError);
    for (const [content, why] of [["fail", /the model is gone/], ["cut", /the answer was cut off/]] as const) {
      let text = "";
      await assert.rejects(async () => {
        const stream = await openai.chat.completions.create({
          model: LOCAL,
          messages: MESSAGES(content),
          stream: true,
        });
        for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
      }, why);
      assert.equal(text, "you ");
    }
  });

  await t.step("a client that goes ends the call behind its request, streaming or not", async () => {
    const stream = await openai.chat.completions.create({
      model: "inference/other",
      messages: MESSAGES("long"),
      stream: true,
    });
    let pieces = 0;
    for await (const _ of stream) if (++pieces === 5) break;
    await until(
      async () => (await endings(web, "inference/other")).includes("long"),
      10_000,
      () => "the stream goes on",
    );
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 300);
    await assert.rejects(async () => {
      const slow = await openai.chat.completions.create(
        { model: LOCAL, messages: MESSAGES("slow"), stream: true },
        { signal: gone.signal },
      );
      for await (const _ of slow);
      gone.signal.throwIfAborted();
    });
    await until(async () => (await endings(web)).includes("stream given up"), 10_000, () => "the stream goes on");
    // The runtime notices it while nothing is written yet where head and body came together (tests/facts/serve_test.ts).
    const whole = async (path: string, body: unknown) => {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port: web.port });
      const text = JSON.stringify(body);
      const head = [
        `POST ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${web.port}`,
        `Authorization: Bearer ${await web.token("kitchen")}`,
      ];
      await connection.write(
        new TextEncoder().encode(`${head.join("\r\n")}\r\nContent-Length: ${text.length}\r\n\r\n${text}`),
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
    };
    await whole("/v1/chat/completions", { model: LOCAL, messages: MESSAGES("slow") });
    await until(async () => (await endings(web)).includes("chat given up"), 10_000, () => "the chat goes on");
    await whole("/api/call", { api: "notes", method: "wait", args: [20_000] });
    await until(async () => await host.call("notes", "gaveUp") === 1, 10_000, () => "the call goes on");
  });

  await t.step("status and metrics are for whom the operator granted operations", async () => {
    const { modules } = await bodyOf(await web.as("watcher", "/api/status"));
    assert.deepEqual(modules.map(({ api }: { api: string }) => api), [LOCAL, "inference/other", "notes", "web"]);
    const metrics = await (await web.as("watcher", "/metrics")).text();
    assert.match(metrics, /^meta_machine_module_up\{api="notes"\} 1$/m);
    assert.match(metrics, /^meta_machine_module_calls_total\{api="notes"\} [1-9]/m);
    assert.match(metrics, /^meta_machine_web_streams_open 0$/m);
    for (const path of ["/api/status", "/metrics", "/api/events"]) {
      assert.equal((await bodyOf(await web.as("kitchen", path), 403)).error.code, "not_granted", path);
    }
  });

  for (const mode of MODES) {
    await t.step(
      `mcp: the official client (${JSON.stringify(mode)}) lists and calls what its token's principal may`,
      async () => {
        const headers = { authorization: `Bearer ${await web.token("kitchen")}` };
        await using client = await overHttp(`${web.base}/mcp`, mode, headers);
        const { tools } = await bodyOf(await web.as("kitchen", "/api/tools"));
        assert.deepEqual(await client.names(), tools.map(({ name }: { name: string }) => name));
        const { text, error } = await client.call("nobody_has_this");
        assert.ok(error && /^unknown_tool: /.test(text), text);
      },
    );
  }

  await t.step("mcp: nobody without a token, or from a foreign page", async () => {
    await assert.rejects(overHttp(`${web.base}/mcp`, "legacy", {}));
    const headers = { authorization: `Bearer ${await web.token("kitchen")}`, origin: "https://evil.example" };
    await assert.rejects(overHttp(`${web.base}/mcp`, "legacy", headers));
  });

  await t.step("events come as they happen, of the kinds that were asked for", async () => {
    const gone = new AbortController();
    const response = await web.as("watcher", "/api/events?kinds=module.reloaded", { signal: gone.signal });
    assert.match(response.headers.get("content-type")!, /^text\/event-stream/);
    const reading = (async () => {
      let text = "";
      for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
        text += piece;
        if (/"api":"notes"/.test(text)) return text;
      }
      return text;
    })();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal((await host.cli("reload", "notes")).code, 0);
    assert.match(await reading, /event: module\.reloaded\n[^]*"kind":"module\.reloaded"/);
    gone.abort();
    const wrong = await web.as("watcher", "/api/events?kinds=module.born");
    assert.match(await wrong.text(), /event: error[^]*'module\.born' is none/);
  });

  await t.step("a principal that the operator takes away may nothing from then on", async () => {
    const principals = await Deno.readTextFile(`${host.home}/configs/principals.yml`);
    await host.write({ "configs/principals.yml": principals.replace(/kitchen: .*\n/, "") });
    const call = () => web.post("kitchen", "/api/call", { api: "notes", method: "whoami" });
    await until(async () => (await call()).status === 403, 10_000, () => "it may");
    await host.write({ "configs/principals.yml": principals });
    await until(async () => (await call()).status === 200, 10_000, () => "it may not");
  });

  await t.step(
    "a kernel that dies takes no request with it: the module serves on, and tokens are known again",
    async () => {
      const { kernel } = await host.status();
      Deno.kill(kernel.pid, "SIGKILL");
      const response = await web.post("kitchen", "/api/call", { api: "notes", method: "whoami" });
      assert.deepEqual(await bodyOf(response), { result: "@kitchen for kitchen" });
    },
  );

  await t.step("its config is followed: the next instance serves with the new bounds", async () => {
    await host.write({ "configs/web.yml": webConfig({ body_bytes: 100 }) });
    await until(
      async () => (await host.cli("logs", "web")).out.match(/listening at/g)?.length === 2,
      15_000,
      () => "no new instance",
    );
    const base = `http://127.0.0.1:${await portOf(host)}`;
    const headers = { authorization: `Bearer ${await web.token("kitchen")}` };
    const answer = await fetch(`${base}/api/call`, { method: "POST", headers, body: "x".repeat(101) });
    assert.equal((await bodyOf(answer, 413)).error.code, "too_large");
    assert.equal((await fetch(`${base}/api/tools`, { headers })).status, 200);
    const tokens = await host.json<{ id: string; principal: string }[]>("token");
    const { id } = tokens.find(({ principal }) => principal === "kitchen")!;
    assert.equal((await host.cli("token", "revoke", id)).code, 0);
    assert.equal((await bodyOf(await fetch(`${base}/api/tools`, { headers }), 401)).error.code, "denied");
  });

  await t.step("no token stands in a log, an event or the status", async () => {
    const tokens = await Promise.all(["kitchen", "cellar", "watcher"].map(web.token));
    const logs = [...Deno.readDirSync(`${host.home}/runtime/logs`)].filter(({ isFile }) => isFile);
    const said = [
      host.stderr,
      (await host.cli("status", "--json")).out,
      ...logs.map(({ name }) => Deno.readTextFileSync(`${host.home}/runtime/logs/${name}`)),
    ];
    for (const text of said) for (const token of tokens) assert.ok(!text.includes(token.slice(5)));
    assert.ok(logs.length > 1);
  });
});
