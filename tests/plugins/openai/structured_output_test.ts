import assert from "node:assert/strict";
import { answerChecker } from "../../../plugins/openai/structured_output.ts";
import { says } from "../../model_server/mod.ts";
import { faultOf } from "../scripted_kernel.ts";
import { SCHEMAS, withModel } from "./with_model.ts";

const schema = {
  type: "object",
  properties: { title: { type: "string" }, pages: { type: "array", items: { type: "integer" } } },
  required: ["title"],
  additionalProperties: false,
};

Deno.test("chat with a schema gives the value, asks the server for it, and takes a fence around it", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says('```json\n{"title": "Soup", "pages": [1]}\n```'));
    const { value, rounds } = await module.chat({ messages: "hello", schema });
    assert.deepEqual([value, rounds], [{ title: "Soup", pages: [1] }, 1]);
    assert.deepEqual(server.asked[0]!.body.response_format, {
      type: "json_schema",
      json_schema: { name: "answer", schema },
    });
  }));

Deno.test("chat sends what does not fit back once, with the paths, and gives the second answer", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says('{"pages": [1, "two"]}'), says('{"title": "Soup"}'));
    const { value, rounds, messages } = await module.chat({ messages: "hello", schema });
    assert.deepEqual([value, rounds], [{ title: "Soup" }, 2]);
    const repair = server.messages().at(-1);
    assert.equal(repair.role, "user");
    assert.match(repair.content, /"pages\.1": .*integer/);
    assert.deepEqual(messages.map(({ role }) => role), ["assistant", "user", "assistant"]);
  }));

Deno.test("chat refuses a second answer that does not fit, naming the paths", () =>
  withModel({}, async ({ server, module }) => {
    server.will(says("certainly!"), says('{"title": 5}'), says("never asked"));
    const { code, message, retriable } = await faultOf(() => module.chat({ messages: "hello", schema }));
    assert.deepEqual([code, retriable], ["conflict", true]);
    assert.match(message, /also not at the second try: "title": .*string/);
    assert.equal(server.left, 1);
  }));

Deno.test("answerChecker names at most five paths, the answer itself by a word, and refuses a schema that can't be used", () => {
  const check = answerChecker({ type: "object", additionalProperties: { type: "number" } }, SCHEMAS);
  const many = check(JSON.stringify(Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`k${i}`, "x"]))));
  assert.match(!many.ok ? many.wrong : "", /; and 2 more$/);
  assert.match(JSON.stringify(check("[]")), /\\"the answer\\": /);
  assert.match(JSON.stringify(check("{")), /it is no JSON/);
  assert.throws(() => answerChecker({ $ref: "#/$defs/nowhere" }, SCHEMAS), { code: "invalid_argument" });
  assert.throws(() => answerChecker({}, undefined), {
    code: "denied",
    hint: /packages: \[openai, "@cfworker\/json-schema"\]/,
  });
});
