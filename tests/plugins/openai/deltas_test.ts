import assert from "node:assert/strict";
import { gatherAnswer } from "../../../plugins/openai/answer.ts";
import { type Delta, readDeltas } from "../../../plugins/openai/deltas.ts";
import { faultOf } from "../scripted_kernel.ts";

async function* chunks(...list: readonly unknown[]) {
  for (const chunk of list) yield await Promise.resolve(chunk);
}
const read = (...list: readonly unknown[]): Promise<Delta[]> =>
  Array.fromAsync(readDeltas(chunks(...list), "h", new AbortController().signal));
const says = (delta: unknown, finish_reason: unknown = null) => ({ choices: [{ index: 0, delta, finish_reason }] });
const END = says({}, "stop");

Deno.test("readDeltas gives text, calls, usage and the finish, in their order", async () => {
  const call = { index: 0, id: "c", function: { name: "f", arguments: "{}" } };
  assert.deepEqual(
    await read(says({ content: "a" }), says({ tool_calls: [call] }), END, {
      choices: [],
      usage: { prompt_tokens: 1, completion_tokens: 2, cost: 0.1 },
    }),
    [
      { kind: "text", text: "a" },
      { kind: "call", index: 0, id: "c", name: "f", args: "{}" },
      { kind: "finish", reason: "stop" },
      { kind: "usage", tokens: { input: 1, output: 2, cost: 0.1 } },
    ],
  );
});

Deno.test("readDeltas passes over whatever is of no shape that it knows", async () => {
  const odd = [
    ...[null, undefined, 5, "text", [], {}, { choices: null }, { choices: [null] }, { choices: [5] }, {
      choices: [{ delta: null }],
    }, says({ content: 5 })],
    ...[
      says({ content: { text: "x" } }),
      says({ tool_calls: "x" }),
      says({ tool_calls: [null, 5] }),
      says({ tool_calls: [{ index: -1 }, { index: 1e9 }, { index: 0.5 }] }),
    ],
    ...[{ usage: { prompt_tokens: -1 } }, { usage: { prompt_tokens: NaN } }, { usage: [] }, says({}, 5)],
  ];
  const deltas = await read(...odd, END);
  assert.deepEqual(deltas.filter(({ kind }) => kind !== "call"), [{ kind: "finish", reason: "stop" }]);
});

Deno.test("readDeltas takes a stream without a finish for one that broke off, also an empty one", async () => {
  assert.equal((await faultOf(() => read(says({ content: "a" })))).message, "h broke off its answer after 1 piece");
  assert.equal((await faultOf(() => read())).message, "h broke off its answer after 0 pieces");
});

Deno.test("readDeltas that was given up throws the reason, although the stream ends in order", async () => {
  const controller = new AbortController();
  const deltas = readDeltas(chunks(says({ content: "a" }), END), "h", controller.signal);
  await deltas.next();
  controller.abort(new Error("enough"));
  await assert.rejects(deltas.next(), /enough/);
});

Deno.test("gatherAnswer puts calls together by their number, whatever order their pieces have", async () => {
  async function* deltas(): AsyncGenerator<Delta> {
    yield* [
      { kind: "call", index: 5, name: "b", id: "2", args: "" },
      { kind: "call", index: 1, name: "a", args: '{"x"' },
      { kind: "call", index: 5, args: "{}" },
      { kind: "call", index: 1, args: ":1}" },
      { kind: "finish", reason: "tool_calls" },
    ] as const;
  }
  const items = gatherAnswer(deltas(), { max_bytes: 100, sent: 40 });
  const { value, done } = await items.next();
  assert.equal(done, true);
  assert.deepEqual(value, {
    text: "",
    calls: [{ id: undefined, name: "a", args: '{"x":1}' }, { id: "2", name: "b", args: "{}" }],
    finish: "tool_calls",
    tokens: { input: 10, output: 3, estimated: true },
  });
});

Deno.test("gatherAnswer counts bytes, not letters: the last that fits is taken, one more is not", async () => {
  const gather = async (text: string) => {
    const items = gatherAnswer(
      (async function* (): AsyncGenerator<Delta> {
        yield { kind: "text", text };
      })(),
      { max_bytes: 4, sent: 0 },
    );
    await items.next();
    return (await items.next()).done;
  };
  assert.equal(await gather("ää"), true);
  assert.equal((await faultOf(() => gather("äää"))).code, "too_large");
});
