/** The pure parts: names, places, rates, and what is written in whose words. */
import assert from "node:assert/strict";
import { parseCall } from "../../../plugins/web/call_route.ts";
import { parseCompletion } from "../../../plugins/web/chat_request.ts";
import { CompletionPieces, wholeAnswer } from "../../../plugins/web/completion_words.ts";
import { knownHosts, parseHost } from "../../../plugins/web/host_names.ts";
import { escapeLabel, metricsText } from "../../../plugins/web/metrics_text.ts";
import { plainJson } from "../../../plugins/web/plain_json.ts";
import { RateLimit } from "../../../plugins/web/rate_limit.ts";
import { Refusal, refusedOf } from "../../../plugins/web/refusal.ts";
import { readSettings, WEB_NUMBERS } from "../../../plugins/web/settings.ts";
import { FaultError, FAULTS } from "../../../kernel/contract/fault.ts";
import { config } from "../scripted_kernel.ts";
import { shippedSpec } from "../shipped_in_worker.ts";

const MESSAGES = [{ role: "user", content: "hi" }];
const chat = (more: Record<string, unknown> = {}) =>
  parseCompletion({ model: "inference/local", messages: MESSAGES, ...more });
const refusedBy = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as Refusal).refused;
  }
  throw new Error("it was not refused");
};

Deno.test("readSettings refuses a key that it does not know, and values that work nowhere", () => {
  assert.equal(readSettings(config()).body_bytes, 1_048_576);
  assert.equal(readSettings(config({ at_once: 2_147_483_647 })).at_once, 2_147_483_647);
  for (
    const own of [{ at_once: 0 }, { at_once: 2_147_483_648 }, { at_once: 1.5 }, { at_once: "5" }, { body_byte: 5 }]
  ) {
    assert.throws(() => readSettings(config(own)), /at_once|body_byte is no key of the web module/);
  }
  for (const origin of ["*", "https://a.example/", "a.example", "https://A.example", "https://a.example:123456"]) {
    assert.throws(() => readSettings(config({ origins: [origin] })), /origins has/, origin);
  }
  for (const host of ["*", "http://a.example", "a.example/x", "a b", ""]) {
    assert.throws(() => readSettings(config({ hosts: [host] })), /hosts has/, host);
  }
  assert.deepEqual(readSettings(config({ origins: ["http://[::1]:8080"], hosts: ["a.example"] })).hosts, ["a.example"]);
});

Deno.test("the shipped config says each default as it is", () => {
  const { own } = shippedSpec(".web.yml");
  assert.deepEqual(own, { hosts: [], origins: [], ...WEB_NUMBERS });
});

Deno.test("knownHosts knows an address's own names, all loopback ones where it listens everywhere, and what is named", () => {
  const known = (at: string, ...named: string[]) => knownHosts([parseHost(at)!], named.map((host) => parseHost(host)!));
  assert.equal(known("127.0.0.1:80").has("localhost"), true, "a client leaves port 80 out");
  assert.equal(known("127.0.0.1:81").has("localhost"), false);
  assert.equal(known("10.0.0.5:7777").has("10.0.0.5:7777"), true);
  assert.equal(known("10.0.0.5:7777").has("localhost:7777"), false);
  assert.equal(known("0.0.0.0:7777").has("localhost:7777"), true);
  assert.equal(known("0.0.0.0:7777").has("0.0.0.0:7777"), false);
  assert.equal(known("[::1]:7777").has("[::1]:7777"), true);
  assert.equal(known("127.0.0.1:7777", "a.example").has("A.EXAMPLE:1"), true);
  assert.deepEqual([parseHost("a:65535")?.port, parseHost("a:65536")], [65_535, undefined]);
});

Deno.test("RateLimit gives as many as a minute has at once, then one at a time, and never saves up more", () => {
  let now = 0;
  const rate = new RateLimit(60, () => now);
  for (let i = 0; i < 60; i++) assert.equal(rate.take("a"), undefined);
  assert.equal(rate.take("a"), 1);
  now = 999;
  assert.equal(rate.take("a"), 1);
  now = 1_000;
  assert.equal(rate.take("a"), undefined);
  now = 3_600_000;
  for (let i = 0; i < 60; i++) assert.equal(rate.take("a"), undefined);
  assert.equal(rate.take("a"), 1);
  assert.equal(new RateLimit(1, () => 0).take("b"), undefined);
});

Deno.test("every fault has a status, and those that pass by themselves are no client's mistake", () => {
  for (const [code, { retriable }] of Object.entries(FAULTS)) {
    const { status } = refusedOf(
      new FaultError({ code, message: "m", hint: "h", retriable, maybe_ran: false } as never),
    );
    assert.ok(status >= 400 && status <= 504, code);
    if (["not_granted", "denied", "private_name"].includes(code)) assert.equal(status, 403);
  }
  const unknown = refusedOf(new Error("a secret"));
  assert.deepEqual([unknown.status, unknown.message], [500, "the web module failed to answer"]);
});

Deno.test("parseCompletion leaves out what it does not know, and refuses what would be misunderstood", () => {
  assert.deepEqual(chat({ user: "x", logprobs: true, seed: 5, metadata: {} }).asked, { messages: MESSAGES });
  assert.deepEqual(chat({ temperature: 0, max_tokens: 5, stop: "x" }).asked, {
    messages: MESSAGES,
    temperature: 0,
    max_tokens: 5,
    stop: "x",
  });
  assert.deepEqual(chat({ max_completion_tokens: 7, max_tokens: 5, temperature: null }).asked, {
    messages: MESSAGES,
    max_tokens: 7,
  });
  assert.deepEqual([
    chat({ stream: true, stream_options: { include_usage: true } }).include_usage,
    chat({ stream_options: { include_usage: true } }).include_usage,
  ], [true, false]);
  const fn = { type: "function", function: { name: "look" } };
  assert.deepEqual([
    chat({ tools: [fn] }).asked["tools"],
    chat({ tools: [] }).asked["tools"],
    chat({ tool_choice: "none" }).asked["tools"],
  ], [[fn], false, false]);
  assert.equal("tools" in chat().asked, false);
  assert.deepEqual(
    chat({ response_format: { type: "json_schema", json_schema: { schema: { type: "object" } } } }).asked["schema"],
    { type: "object" },
  );
  assert.deepEqual(chat({ response_format: { type: "text" } }).asked["schema"], undefined);
  for (
    const [more, status] of [
      [{ temperature: 2.1 }, 400],
      [{ temperature: "hot" }, 400],
      [{ max_tokens: 0 }, 400],
      [{ stream: "yes" }, 400],
      [{ n: 2 }, 400],
      [{ functions: [] }, 400],
      [{ tools: {} }, 400],
      [{ tool_choice: "required" }, 400],
      [{ stop: 5 }, 400],
      [{ response_format: { type: "xml" } }, 400],
      [{ messages: [] }, 400],
      [{ messages: "hi" }, 400],
      [{ messages: ["hi"] }, 400],
      [{ model: undefined }, 400],
      [{ model: "notes" }, 404],
      [{ model: "inference/../notes" }, 404],
      [{ model: "inference/" }, 404],
    ] as const
  ) {
    assert.equal(refusedBy(() => chat(more)).status, status, JSON.stringify(more));
  }
  assert.equal(chat({ temperature: 2, n: 1, stop: ["a"] }).asked["temperature"], 2);
});

Deno.test("a turn is told in the words of OpenAI's interface, whole and in pieces", () => {
  const head = { id: "chatcmpl-1", created: 5, model: "inference/local" };
  const usage = { input_tokens: 3, output_tokens: 2 };
  const words = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const calls = [{ id: "c", name: "look", arguments: "{}" }];
  // deno-lint-ignore no-explicit-any -- as a client reads it
  const whole = wholeAnswer(head, { text: "hi", finish: "token_limit", usage, calls }) as any;
  assert.deepEqual([whole.object, whole.choices[0].finish_reason, whole.usage], ["chat.completion", "length", words]);
  assert.deepEqual(whole.choices[0].message.tool_calls, [{
    id: "c",
    type: "function",
    function: { name: "look", arguments: "{}" },
  }]);
  const pieces = new CompletionPieces(head, true);
  const said = [
    pieces.first(),
    ...pieces.item({ kind: "text", text: "hi" }),
    ...pieces.item({ kind: "text", text: "" }),
    ...pieces.item({ kind: "call" }),
    ...pieces.item({ kind: "usage", ...usage }),
    ...pieces.item({ kind: "usage", ...usage }),
    ...pieces.item({ kind: "done", finish: "calls", calls }),
    ...pieces.last(),
    // deno-lint-ignore no-explicit-any -- as above
  ] as any[];
  assert.deepEqual(said.map(({ choices, usage }) => [choices[0]?.delta, choices[0]?.finish_reason, usage]), [
    [{ role: "assistant", content: "" }, null, null],
    [{ content: "hi" }, null, null],
    [
      { tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "look", arguments: "{}" } }] },
      null,
      null,
    ],
    [{}, "tool_calls", null],
    [undefined, undefined, { prompt_tokens: 6, completion_tokens: 4, total_tokens: 10 }],
  ]);
  assert.equal(pieces.ended, true);
  const plain = new CompletionPieces(head, false);
  assert.deepEqual([(plain.first() as { usage?: unknown }).usage, plain.last().length, plain.ended], [
    undefined,
    1,
    false,
  ]);
});

Deno.test("metrics escape what a name may have in it, and leave out figures that there are not", () => {
  assert.equal(escapeLabel('a\\b"c\nd'), 'a\\\\b\\"c\\nd');
  const module = {
    ...{
      api: 'n"\n',
      state: "running",
      uptime: 1,
      active_tasks: 0,
      error_count: 2,
      restarts: 3,
      memory_mb: 1,
      cpu_s: 0.5,
      calls: 7,
      faults: 1,
    },
    ...{ p50_ms: null, p99_ms: 12 },
  };
  const text = metricsText({ kernel: { version: "1", uptime: 2 }, modules: [module] }, {
    requests: [{ route: "/x", status: 200, count: 4 }],
    under_way: 1,
    streams: 0,
  });
  for (
    const line of [
      'meta_machine_module_calls_total{api="n\\"\\n"} 7',
      'meta_machine_module_restarts_total{api="n\\"\\n"} 3',
      'meta_machine_modules{state="running"} 1',
      'meta_machine_module_memory_bytes{api="n\\"\\n"} 1048576',
      'meta_machine_module_call_seconds{api="n\\"\\n",quantile="0.99"} 0.012',
      'meta_machine_web_requests_total{route="/x",status="200"} 4',
    ]
  ) assert.ok(text.split("\n").includes(line), line);
  assert.ok(!text.includes('quantile="0.5"') && !text.includes("kernel_memory_bytes"));
  for (const line of text.trimEnd().split("\n")) {
    assert.match(
      line,
      /^(# (HELP|TYPE) meta_machine_[a-z_]+ .+|meta_machine_[a-z_0-9]+(\{([a-z]+="(\\.|[^"\\\n])*",?)+\})? [0-9.e+-]+)$/,
    );
  }
});

Deno.test("plainJson writes what JSON can't say as the command line does, and carries no stream", async () => {
  const value = {
    a: undefined,
    b: 5n,
    c: new Date(0),
    d: new Uint8Array([1, 2]),
    e: [null, undefined],
  };
  assert.equal(
    JSON.stringify(plainJson(value)),
    '{"a":null,"b":"5","c":"1970-01-01T00:00:00.000Z","d":{"base64":"AQI="},"e":[null,null]}',
  );
  const own = Object.defineProperty({}, "__proto__", { value: 1, enumerable: true });
  assert.equal(JSON.stringify(plainJson(own)), '{"__proto__":1}');
  let left = false;
  const stream = (async function* () {
    try {
      yield 1;
    } finally {
      left = true;
    }
  })();
  await stream.next();
  assert.equal(refusedBy(() => plainJson({ a: stream })).status, 400);
  await Promise.resolve();
  assert.equal(left, true);
});

Deno.test("parseCall takes names of apis alone, and no tools", () => {
  assert.deepEqual(parseCall({ api: "a/b", method: "m" }), { api: "a/b", method: "m", args: [], aspect: undefined });
  for (
    const body of [
      {},
      { api: "@kernel", method: "status" },
      { api: "@tools", method: "x" },
      { api: "", method: "m" },
      { api: "a" },
      { api: "a", method: "m", args: {} },
      { api: "a", method: "m", aspect: 1 },
    ]
  ) {
    assert.equal(refusedBy(() => parseCall(body)).status, 400, JSON.stringify(body));
  }
  assert.match(refusedBy(() => parseCall({ api: "a", method: "m", aspect: "tool" })).hint, /POST \/api\/tools/);
});
