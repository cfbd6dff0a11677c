import assert from "node:assert/strict";
import { explainArguments, mendJson } from "../../kernel/cli/almost_json.ts";
import { fault } from "../../kernel/contract/fault.ts";

Deno.test("what is nearly JSON is mended: keys, words, single quotes, commas at an end", () => {
  const cases: Readonly<Record<string, string>> = {
    '{name:"milk"}': '{"name":"milk"}',
    "{name: milk, count: 2, fresh: true}": '{"name": "milk", "count": 2, "fresh": true}',
    "{'name': 'it\\'s \"milk\"'}": `{"name": "it's \\"milk\\""}`,
    "[one, two words, [3,],]": '["one", "two words", [3]]',
    "{1: a}": '{"1": "a"}',
    '{"text": "a, b: c"}': '{"text": "a, b: c"}',
  };
  for (const [text, mended] of Object.entries(cases)) assert.equal(mendJson(text), mended);
});

Deno.test("what no quotes would mend is not guessed at", () => {
  for (const text of ["{a}", "{a:}", "[1", '{"a": "b}', "{a: b: c}", ""]) assert.equal(mendJson(text), undefined, text);
});

Deno.test("a failed call is told of an argument that is no JSON, and of nothing else", () => {
  const refused = fault("invalid_argument", "its params are a string; pass one map of params", { hint: "look" });
  const hint = (args: readonly unknown[], why = refused) => explainArguments(why, args, "shell").hint;
  assert.equal(
    hint(["x", '{name:"milk"}']),
    `{name:"milk"} is no JSON and was taken as a text; keys and texts stand in double quotes: '{"name":"milk"}'`,
  );
  assert.match(hint(["{a}"]), /^\{a\} is no JSON and was taken as a text; keys and texts stand in double quotes$/);
  assert.match(explainArguments(refused, ["{a:1}"], "prompt").hint, /double quotes: \{"a":1\}$/);
  assert.match(hint([`{a: "it's"}`]), /double quotes: \{"a": "it's"\}$/);
  assert.ok(hint([`{a: ${"x".repeat(5_000)}}`]).length < 400);
  for (const args of [[], ["milk"], [{ a: 1 }], ['{"a":1}'], ["{ open"], [5]]) assert.equal(hint(args), "look");
  assert.equal(hint(["{a:1}"], fault("not_granted", "no", { hint: "look" })), "look");
});
