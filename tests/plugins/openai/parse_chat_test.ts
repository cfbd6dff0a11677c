import assert from "node:assert/strict";
import { parseChat } from "../../../plugins/openai/parse_chat.ts";

const user = { role: "user", content: "hello" };
const refused = (asked: unknown, max = 1_000): [string, string, string] => {
  try {
    parseChat(asked, max);
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint: string };
    return [code, message, hint];
  }
  throw new Error("it was taken");
};

Deno.test("parseChat takes a text for a user's message, and messages as they are", () => {
  assert.deepEqual(parseChat("hello", 1_000).messages, [user]);
  assert.deepEqual(parseChat({ messages: "hello" }, 1_000).messages, [user]);
  const messages = [user, { role: "assistant", content: null, tool_calls: [] }, {
    role: "tool",
    tool_call_id: "1",
    content: "x",
  }];
  assert.deepEqual(parseChat({ messages }, 1_000).messages, messages);
});

Deno.test("parseChat tells the ways to say which tools", () => {
  const functions = [{ type: "function", function: { name: "a" } }];
  const ways = [undefined, true, false, [], ["a"], functions].map((tools) =>
    parseChat({ messages: "x", tools }, 1_000).tools
  );
  assert.deepEqual(ways, ["all", "all", "none", "none", { names: ["a"] }, { functions }]);
  assert.match(refused({ messages: "x", tools: ["a", ...functions] })[2], /names of tools, or functions/);
});

Deno.test("parseChat refuses what does not fit by its path, with what works", () => {
  assert.match(refused(5)[2], /^pass a map, for example/);
  assert.deepEqual(refused({ messages: [] }).slice(0, 2), [
    "invalid_argument",
    "Cannot ask the model: messages is no list with a message in it",
  ]);
  assert.equal(
    refused({ messages: [user, { role: "robot", content: "x" }] })[1],
    'Cannot ask the model: messages[1].role is "robot"',
  );
  assert.equal(
    refused({ messages: [{ role: "user", content: 5 }] })[1],
    "Cannot ask the model: messages[0].content is 5",
  );
  assert.equal(refused({ messages: [{ role: "user" }] })[1], "Cannot ask the model: messages[0].content is missing");
  assert.equal(refused({ messages: ["x"] })[1], "Cannot ask the model: messages[0] is no map");
  assert.deepEqual(refused({ messages: "x", temprature: 1 }), [
    "invalid_argument",
    'Cannot ask the model: "temprature" is not known',
    "did you mean temperature?",
  ]);
  for (
    const wrong of [
      { temperature: 3 },
      { max_tokens: 0 },
      { stop: [""] },
      { stop: ["a", "b", "c", "d", "e"] },
      { schema: "x" },
      { signal: 5 },
      { model: "" },
    ]
  ) {
    assert.equal(refused({ messages: "x", ...wrong })[0], "invalid_argument", JSON.stringify(wrong));
  }
});

Deno.test("parseChat takes the last byte that may be sent, and refuses the next", () => {
  const bytes = JSON.stringify([user]).length;
  assert.equal(parseChat("hello", bytes).messages.length, 1);
  assert.deepEqual(refused("hello", bytes - 1).slice(0, 2), [
    "too_large",
    `Cannot ask the model: the messages have ${bytes} bytes; ${bytes - 1} may be sent`,
  ]);
});
