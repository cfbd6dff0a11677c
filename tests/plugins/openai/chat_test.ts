/** `chat`, `infer`, `embed`, `models` and `usage`, over real HTTP. */
import assert from "node:assert/strict";
import { refuses, says, showsPage, talksNonsense, vectorOf } from "../../model_server/mod.ts";
import { faultOf } from "../scripted_kernel.ts";
import { withModel } from "./with_model.ts";

Deno.test("chat gives the whole answer, what it adds to the conversation, and what it took", () =>
  withModel(
    { params: { temperature: 0.7, max_tokens: 50, price_per_million: { input: 1, output: 10 } } },
    async ({ server, module }) => {
      server.will(says("Good day.", { usage: { prompt_tokens: 1_000, completion_tokens: 100 } }));
      const messages = [{ role: "system", content: "Be kind." }, { role: "user", content: "hello" }];
      assert.deepEqual(await module.chat({ messages }), {
        text: "Good day.",
        finish: "stop",
        model: "scripted",
        rounds: 1,
        messages: [{ role: "assistant", content: "Good day." }],
        usage: { input_tokens: 1_000, output_tokens: 100, cost: 0.002 },
      });
      const { body, headers } = server.asked[0]!;
      assert.deepEqual([body.model, body.messages, body.temperature, body.max_tokens], ["scripted", messages, 0.7, 50]);
      assert.equal(headers["authorization"], undefined, "no key of its own is ever sent");
      assert.deepEqual({ ...module.usage() }, {
        ...{
          requests: 1,
          failures: 0,
          retries: 0,
          input_tokens: 1_000,
          output_tokens: 100,
          estimated_requests: 0,
          cost: 0.002,
        },
      });
    },
  ));

Deno.test("chat takes the caller's model, temperature, tokens and stop words before the config's", () =>
  withModel({ params: { temperature: 0.7 } }, async ({ server, module }) => {
    server.will(says("one"));
    await module.chat({ messages: "hello", model: "other", temperature: 0, max_tokens: 5, stop: "end" });
    const { model, temperature, max_tokens, stop } = server.asked[0]!.body;
    assert.deepEqual([model, temperature, max_tokens, stop], ["other", 0, 5, ["end"]]);
  }));

Deno.test("infer gives the text alone, and the tool ask its answer", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says("blue"));
    assert.equal(await module.infer("Why?", { temperature: 0 }), "blue");
    assert.deepEqual(server.messages(), [{ role: "user", content: "Why?" }]);
    assert.equal((await faultOf(() => module.infer(5))).code, "invalid_argument");
  }));

Deno.test("chat tries again on 429, 5xx and lost connections, as long as the server asks for, and counts it", () =>
  withModel({}, async ({ server, module, slept }) => {
    server.will(
      refuses(429, "slowly", { "retry-after": "3" }),
      refuses(503),
      says("x", { ending: "cut", after: -1 }),
      says("there"),
    );
    assert.equal((await module.chat("hello")).text, "there");
    assert.deepEqual(slept, [3_000, 500, 1_000]);
    const { requests, retries, failures } = module.usage();
    assert.deepEqual([requests, retries, failures], [1, 3, 0]);
  }));

Deno.test("chat gives up after its retries, or when the server asks for more time than there is, and tells both", () =>
  withModel({ params: { retries: 1, request_timeout_ms: 5_000 } }, async ({ server, module, slept }) => {
    server.will(refuses(500, "broken"), refuses(500, "broken"));
    const tried = await faultOf(() => module.chat("hello"));
    assert.deepEqual([tried.code, tried.retriable], ["conflict", true]);
    assert.equal(tried.message, `${server.at} failed (status 500): broken; it was tried 2 times`);
    assert.deepEqual(slept, [250]);
    server.will(refuses(429, "slowly", { "retry-after": "3600" }));
    assert.match(
      (await faultOf(() => module.chat("hello"))).message,
      /^.* asks for patience \(status 429\): slowly; it asks to wait 3600 s, and [45] s are left$/,
    );
    assert.deepEqual([server.chats().length, module.usage().failures], [3, 2]);
  }));

Deno.test("chat does not try again what can't help, and names it", () =>
  withModel({ params: { api_key_env: "A_KEY" } }, async ({ server, module }) => {
    server.will(refuses(401, "no such key"), refuses(400, "messages: too odd"));
    const denied = await faultOf(() => module.chat("hello"));
    assert.deepEqual([denied.code, denied.retriable], ["denied", false]);
    assert.match(denied.hint, /A_KEY holds a valid key/);
    assert.equal((await faultOf(() => module.chat("hello"))).code, "invalid_argument");
    assert.equal(server.chats().length, 2);
  }));

Deno.test("chat names an answer that breaks off, ends without an end, is no JSON or is a page", () =>
  withModel({}, async ({ server, module }) => {
    server.will(
      says("a long text", { ending: "cut", after: 1 }),
      says("a long text", { ending: "without finish" }),
      talksNonsense(),
      showsPage(),
    );
    const cut = await faultOf(() => module.chat("hello"));
    assert.deepEqual([cut.code, cut.retriable], ["conflict", true]);
    const open = await faultOf(() => module.chat("hello"));
    assert.match(open.message, /broke off its answer after \d pieces$/);
    const nonsense = await faultOf(() => module.chat("hello"));
    assert.equal(nonsense.message, `the answer of ${server.at} can't be read: a piece of it is no JSON`);
    const page = await faultOf(() => module.chat("hello"));
    assert.equal(
      page.message,
      `the answer of ${server.at} can't be read: it is text/html where text/event-stream was asked for: <!doctype html><title>Welcome</title>`,
    );
    assert.match(page.hint, /most end in \/v1/);
    assert.equal(server.chats().length, 4, "none of them was tried again: pieces had come, or nothing would change");
    assert.equal(module.usage().failures, 4);
  }));

Deno.test("chat ends with the request's time, the turn's and the caller's, and says which", async () => {
  const slow = says("late", { wait_ms: 2_000 });
  await withModel({ params: { request_timeout_ms: 80 } }, async ({ server, module }) => {
    const { code, message, retriable, hint } = await faultOf(() => module.chat((server.will(slow), "hello")));
    assert.deepEqual([code, retriable, message], [
      "conflict",
      true,
      `${server.at} did not answer within 80 ms`,
    ]);
    assert.match(hint, /request_timeout_ms/);
  });
  await withModel({ params: { turn_timeout_ms: 80 } }, async ({ server, module }) => {
    assert.equal(
      (await faultOf(() => module.chat((server.will(slow), "hello")))).message,
      "the turn did not end within 80 ms",
    );
  });
  await withModel({}, async ({ server, module }) => {
    const asked = module.chat({ messages: (server.will(slow), "hello"), signal: AbortSignal.timeout(80) });
    assert.equal((await faultOf(() => asked)).message, "the caller gave up");
  });
  const caller = new AbortController();
  await withModel({ signal: caller.signal }, async ({ server, module, as }) => {
    const asked = as(() => module.chat((server.will(slow), "hello")));
    setTimeout(() => caller.abort(), 50);
    assert.equal((await faultOf(() => asked)).message, "the caller gave up");
  });
});

Deno.test("an answer that goes on may take longer than a request, one that falls silent may not, and its reader is not hurried", () =>
  withModel({ params: { request_timeout_ms: 400 } }, async ({ server, module }) => {
    server.will(
      says("x".repeat(70), { pause_ms: 60 }),
      says("one two", { ending: "never" }),
      says("one two three four"),
    );
    assert.equal((await module.infer("hello")).length, 70);
    const silent = await faultOf(() => module.infer("hello"));
    assert.deepEqual([silent.retriable, silent.message], [true, `${server.at} said nothing more within 400 ms`]);
    let text = "";
    for await (const item of await module.stream("hello")) {
      if (item.kind === "text" && text === "") await new Promise((resolve) => setTimeout(resolve, 600));
      text += item.kind === "text" ? item.text : "";
    }
    assert.equal(text, "one two three four");
  }));

Deno.test("chat makes no more requests at once than the config says", () =>
  withModel({ params: { concurrency: 2, queue: 4 } }, async ({ server, module }) => {
    server.will(...Array.from({ length: 6 }, (_, i) => says(`${i}`, { wait_ms: 30 })));
    const answers = await Promise.all(Array.from({ length: 6 }, () => module.infer("hello")));
    assert.deepEqual([answers.sort(), server.most_at_once], [["0", "1", "2", "3", "4", "5"], 2]);
  }));

Deno.test("chat reads an answer of the last byte that is allowed, and none that is longer", () =>
  withModel({ params: { max_output_bytes: 20 } }, async ({ server, module }) => {
    server.will(says("x".repeat(20)), says("x".repeat(21)));
    assert.equal((await module.infer("hello")).length, 20);
    const { code, message } = await faultOf(() => module.infer("hello"));
    assert.deepEqual([code, message], [
      "too_large",
      "the model's answer is longer than 20 bytes, and was not read further",
    ]);
  }));

Deno.test("chat estimates the tokens that the server does not tell, and says so", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says("x".repeat(40), { usage: null }));
    const { usage } = await module.chat("hello");
    assert.deepEqual([usage.output_tokens, usage.input_tokens > 5, module.usage().estimated_requests], [10, true, 1]);
  }));

Deno.test("chat without a provider says what to write, and where nothing else is needed nothing else is said", async () => {
  await withModel({ params: { model: null } }, async ({ module, server }) => {
    const { code, message, hint } = await faultOf(() => module.chat("hello"));
    assert.deepEqual([code, message], ["not_found", "no model is configured here"]);
    assert.match(hint, /params: \{base_url: .*model: …\}.*inference\/local/);
    assert.equal(server.asked.length, 0);
  });
  const params = { base_url: "https://openrouter.ai/api/v1", api_key_env: "OPENROUTER_API_KEY" };
  await withModel({ params, powers: { fetch: undefined } }, async ({ module }) => {
    const { code, message, hint } = await faultOf(() => module.chat("hello"));
    assert.deepEqual([code, message], ["denied", "this module may not reach its model at openrouter.ai:443"]);
    assert.equal(
      hint,
      'add to its config: grants: {packages: [openai], net: ["openrouter.ai:443"], secrets: [{env: OPENROUTER_API_KEY, host: "openrouter.ai", header: Authorization}]}',
    );
  });
});

Deno.test("embed gives vectors in the order of the texts, and models what the server has", () =>
  withModel({ params: { embedding_model: "small" } }, async ({ server, module }) => {
    const vectors = await module.embed(["a cat", "a dog", "a cat"]);
    assert.deepEqual(vectors, ["a cat", "a dog", "a cat"].map(vectorOf));
    assert.equal(server.asked[0]!.body.model, "small");
    assert.deepEqual(await module.embed("a cat"), [vectorOf("a cat")]);
    assert.deepEqual(await module.models(), [{ id: "scripted", owned_by: "tests" }]);
    assert.equal(module.usage().requests, 3);
  }));

Deno.test("embed takes 128 texts and no more, no empty ones, and no answer that lacks a vector", () =>
  withModel({}, async ({ server, module }) => {
    assert.equal((await module.embed(new Array(128).fill("a"))).length, 128);
    assert.equal((await faultOf(() => module.embed(new Array(129).fill("a")))).code, "too_large");
    for (const texts of [[], [""], 5, [5]]) {
      assert.equal((await faultOf(() => module.embed(texts))).code, "invalid_argument");
    }
    server.will({
      body: JSON.stringify({
        data: [{ index: 0, embedding: [1] }, { index: 7, embedding: [1] }, { index: 1, embedding: ["x"] }],
      }),
    });
    assert.match((await faultOf(() => module.embed(["a", "b"]))).message, /it has vectors for 1 of 2 texts$/);
  }));

Deno.test("usage is carried to the next instance, and nothing else that stands in a state", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says("x"));
    module.importState({ usage: { requests: 5, cost: 1.5, failures: -1, retries: "many", more: 3 } });
    await module.infer("hello");
    const { requests, cost, failures, retries } = module.exportState().usage;
    assert.deepEqual([requests, cost, failures, retries, "more" in module.usage()], [6, 1.5, 0, 0, false]);
    for (const odd of [null, {}, { usage: 5 }]) module.importState(odd);
    assert.equal(module.usage().requests, 6);
  }));
