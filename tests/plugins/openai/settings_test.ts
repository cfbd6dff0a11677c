import assert from "node:assert/strict";
import { readSettings } from "../../../plugins/openai/settings.ts";
import { config } from "../scripted_kernel.ts";

const read = (params: unknown) => readSettings(config({ params }));

Deno.test("readSettings takes the paper's listing to the letter", () => {
  const settings = read({
    api_key_env: "OPENROUTER_API_KEY",
    base_url: "https://openrouter.ai/api/v1",
    model: "deepseek/deepseek-r1-0528-qwen3-8b:free",
    temperature: 0.7,
    tool_use: true,
    prompt_file: "prompts/meta.txt",
  });
  assert.deepEqual([
    settings.api_key_env,
    settings.base_url,
    settings.model,
    settings.temperature,
    settings.tool_use,
    settings.prompt_file,
  ], [
    ...[
      "OPENROUTER_API_KEY",
      "https://openrouter.ai/api/v1",
      "deepseek/deepseek-r1-0528-qwen3-8b:free",
      0.7,
      "bracket",
      "meta.txt",
    ],
  ]);
});

Deno.test("readSettings without params has a default for all but the model and what names something of the operator's", () => {
  const settings = readSettings(config({}));
  assert.deepEqual({ ...settings }, {
    base_url: "https://api.openai.com/v1",
    tool_use: "none",
    persona: "",
    max_rounds: 16,
    max_calls_per_turn: 32,
    max_turn_tokens: 1_000_000,
    turn_timeout_ms: 300_000,
    request_timeout_ms: 120_000,
    retries: 3,
    concurrency: 4,
    queue: 64,
    max_input_bytes: 4_194_304,
    max_output_bytes: 1_048_576,
    max_result_bytes: 65_536,
    price: undefined,
  });
});

Deno.test("readSettings takes each way to use tools", () => {
  const ways = [true, false, "bracket", "native"].map((tool_use) => read({ tool_use }).tool_use);
  assert.deepEqual(ways, ["bracket", "none", "bracket", "native"]);
});

Deno.test("readSettings takes the last value that is allowed and refuses the next, saying what works", () => {
  const bounds: Record<string, readonly [least: number, most: number]> = {
    ...{ temperature: [0, 2], retries: [0, 100], concurrency: [1, 1_000], queue: [0, 10_000], max_rounds: [1, 1_000] },
    ...{ max_calls_per_turn: [1, 1_000], max_result_bytes: [256, 131_072], turn_timeout_ms: [1, 2_147_483_647] },
  };
  for (const [key, [least, most]] of Object.entries(bounds)) {
    for (const value of [least, most]) {
      assert.equal((read({ [key]: value }) as unknown as Record<string, unknown>)[key], value);
    }
    for (const value of [least - 1, most + 1]) {
      assert.throws(
        () => read({ [key]: value }),
        new RegExp(`^TypeError: params\\.${key} is ${value}; a .*number from ${least} to ${most} works$`),
      );
    }
  }
});

Deno.test("readSettings refuses what is wrong by its name, with what works", () => {
  const message = (params: unknown) => {
    try {
      read(params);
    } catch (error) {
      return (error as Error).message;
    }
    return "taken";
  };
  assert.equal(message({ temprature: 1 }), "params.temprature is not known; did you mean temperature?");
  assert.match(message({ x: 1 }), /^params\.x is not known; it takes model, /);
  assert.equal(message({ constructor: 1 }).startsWith("params.constructor is not known"), true);
  assert.equal(message([]), "params is []; a map works: params: {base_url: …, model: …}");
  assert.equal(message({ tool_use: "yes" }), 'params.tool_use is "yes"; true, false, bracket or native works');
  assert.match(
    message({ base_url: "openrouter.ai" }),
    /^params\.base_url is "openrouter\.ai"; the address of an OpenAI-compatible API/,
  );
  assert.match(message({ base_url: "https://key@host/v1" }), /has a name or a password in it/);
  assert.doesNotMatch(message({ base_url: "https://key@host/v1" }), /key@/);
  assert.equal(
    message({ api_key_env: "sk-1234" }),
    "params.api_key_env is not shown, since it may be the key; the name of an environment variable, such as OPENROUTER_API_KEY, works",
  );
  assert.match(message({ prompt_file: "../secret" }), /a file below prompts\//);
  assert.match(message({ price_per_million: { input: 1 } }), /\{input: 0\.5, output: 1\.5\} works$/);
  assert.match(message({ model: 5 }), /^params\.model is 5; a name works$/);
});
