/** The scripted model is spoken to by the package `openai`, as real ones are. */
import assert from "node:assert/strict";
import OpenAI from "openai";
import { callsNatively, ModelServer, refuses, says, showsPage, talksNonsense, vectorOf } from "./mod.ts";

const clientFor = (server: ModelServer) =>
  new OpenAI({ apiKey: "k", baseURL: server.base_url, maxRetries: 0, logLevel: "off" });
const ask = { model: "scripted", messages: [{ role: "user" as const, content: "hello" }] };

Deno.test("ModelServer gives its replies in order, whole or as streams, and keeps what it was asked", async () => {
  await using server = new ModelServer();
  const client = clientFor(server);
  server.will(says("one"), says("two and more"));
  assert.equal((await client.chat.completions.create(ask)).choices[0]!.message.content, "one");
  let text = "", pieces = 0, tokens = 0;
  for await (
    const chunk of await client.chat.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    })
  ) {
    text += chunk.choices[0]?.delta.content ?? "";
    pieces++;
    tokens = chunk.usage?.total_tokens ?? tokens;
  }
  assert.deepEqual([text, pieces > 3, tokens > 0], ["two and more", true, true]);
  assert.deepEqual(server.messages(0), ask.messages);
  assert.equal(server.asked[0]!.headers["authorization"], "Bearer k");
  assert.equal(server.left, 0);
});

Deno.test("ModelServer splits native calls over several deltas", async () => {
  await using server = new ModelServer();
  server.will(callsNatively([{ name: "a", arguments: { path: "x/y/z" } }, { name: "b", arguments: "{" }]));
  const names: string[] = [], args: string[] = [];
  let finish: string | null = null;
  for await (const { choices } of await clientFor(server).chat.completions.create({ ...ask, stream: true })) {
    finish = choices[0]?.finish_reason ?? finish;
    for (const { index, function: f } of choices[0]?.delta.tool_calls ?? []) {
      if (f?.name) names[index] = f.name;
      args[index] = (args[index] ?? "") + (f?.arguments ?? "");
    }
  }
  assert.deepEqual([names, args, finish], [["a", "b"], ['{"path":"x/y/z"}', "{"], "tool_calls"]);
});

Deno.test("ModelServer refuses, breaks off, never ends, talks nonsense and shows pages as it was told", async () => {
  await using server = new ModelServer();
  const client = clientFor(server);
  const streamed = async () => {
    let text = "";
    for await (const { choices } of await client.chat.completions.create({ ...ask, stream: true })) {
      text += choices[0]?.delta.content ?? "";
    }
    return text;
  };
  server.will(
    refuses(429, "slowly", { "retry-after": "2" }),
    says("a long text", { ending: "cut", after: 1 }),
    talksNonsense(),
    showsPage(),
  );
  await assert.rejects(
    streamed(),
    (error: InstanceType<typeof OpenAI.APIError>) => error.status === 429 && error.headers!.get("retry-after") === "2",
  );
  await assert.rejects(streamed());
  await assert.rejects(streamed(), SyntaxError);
  assert.equal(await streamed(), "", "the package itself takes a page for an empty stream");
  await assert.rejects(streamed(), /the script has no reply left/);
  server.will(says("a long text", { ending: "never" }));
  const stream = await client.chat.completions.create({ ...ask, stream: true });
  const pieces = stream[Symbol.asyncIterator]();
  await pieces.next();
  await pieces.next();
  await pieces.return!();
});

Deno.test("ModelServer lists its models and embeds by words, in floats and in base64", async () => {
  await using server = new ModelServer({ models: ["m", "n"] });
  const client = clientFor(server);
  assert.deepEqual((await client.models.list()).data.map(({ id }) => id), ["m", "n"]);
  const { data } = await client.embeddings.create({ model: "m", input: ["a cat", "a dog"] });
  const near = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const [dog, cat] = data.map(({ embedding }) => [...embedding]);
  assert.ok(near(cat!, vectorOf("a cat")) > 0.999 && near(cat!, dog!) < 0.999);
});
