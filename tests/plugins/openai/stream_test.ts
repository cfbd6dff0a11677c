/** `stream`, as its reader sees it. */
import assert from "node:assert/strict";
import { refuses, says } from "../../model_server/mod.ts";
import { faultOf } from "../scripted_kernel.ts";
import { itemsOf, textOf, withModel } from "./with_model.ts";

Deno.test("stream gives pieces of the text, the usage, and the end with what the turn adds", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says("Good day to you.", { usage: { prompt_tokens: 3, completion_tokens: 4, cost: 0.5 } }));
    const items = await itemsOf(await module.stream("hello"));
    assert.equal(textOf(items), "Good day to you.");
    assert.ok(items.filter(({ kind }) => kind === "text").length > 1);
    assert.deepEqual(items.slice(-2), [
      { kind: "usage", round: 1, input_tokens: 3, output_tokens: 4, cost: 0.5 },
      {
        ...{ kind: "done", finish: "stop", model: "scripted", rounds: 1 },
        messages: [{ role: "assistant", content: "Good day to you." }],
        usage: { input_tokens: 3, output_tokens: 4, cost: 0.5 },
      },
    ]);
  }));

Deno.test("stream gives the first piece before the answer is whole, and nothing more is read than is wanted", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says("one two three four", { ending: "never", after: 1 }));
    const stream = await module.stream("hello");
    assert.deepEqual(await stream.next(), { done: false, value: { kind: "text", text: "one two" } });
    await stream.return!();
    assert.deepEqual(await stream.next().catch((error) => error.message), { done: true, value: undefined });
  }));

Deno.test("stream lets go of its place and its connection when its reader leaves, also while the next piece is waited for", () =>
  withModel({ params: { concurrency: 1, queue: 1 } }, async ({ server, module }) => {
    server.will(says("one two three", { ending: "never" }), says("there"));
    const stream = await module.stream("hello");
    await stream.next();
    const waiting = stream.next().then(() => "more", (error) => (error as Error).message);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await stream.return!();
    assert.equal(await waiting, "the caller gave up");
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await module.infer("hello"), "there");
    assert.deepEqual([module.usage().requests, module.usage().failures], [2, 1]);
  }));

Deno.test("what goes wrong before the first piece refuses the call; behind it, it ends the stream", () =>
  withModel({}, async ({ server, module }) => {
    server.will(refuses(401));
    assert.equal((await faultOf(() => module.stream("hello"))).code, "denied");
    server.will(refuses(503), says("one two three", { ending: "cut", after: 1 }), says("never asked"));
    const stream = await module.stream("hello");
    const read: string[] = [];
    const { code, retriable } = await faultOf(async () => {
      for await (const item of stream) read.push(item.kind);
    });
    assert.deepEqual([code, retriable, read], ["conflict", true, ["text"]]);
    assert.equal(server.left, 1, "an answer that has begun is not asked for again");
  }));

Deno.test("a piece that is larger than an item may be is cut, and a turn that adds too much for one says so by leaving it out", () =>
  withModel({}, async ({ server, module }) => {
    const long = "x".repeat(200_000);
    server.will(says(long, { piece: 200_000 }));
    const items = await itemsOf(await module.stream("hello"));
    assert.equal(textOf(items), long);
    assert.ok(items.every((item) => JSON.stringify(item).length < 66_000));
    assert.equal("messages" in items.at(-1)!, false);
  }));

Deno.test("stream refuses a schema, which is for whole answers", () =>
  withModel({}, async ({ module }) => {
    assert.equal((await faultOf(() => module.stream({ messages: "x", schema: {} }))).code, "invalid_argument");
  }));
