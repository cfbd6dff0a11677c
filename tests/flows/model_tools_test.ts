/** A whole conversation in a real host: a person asks, a scripted model reads a file, looks into the database, writes a note and answers, by text and by functions alike. */
import assert from "node:assert/strict";
import type { ListedApproval } from "../../kernel/contract/control.ts";
import { callsInBrackets, callsNatively, ModelServer, type NativeCall, type Reply, says } from "../model_server/mod.ts";
import { RunningHost, until } from "./running_host.ts";

const shipped = (name: string) => Deno.readTextFileSync(new URL(`../../configs/services/${name}.yml`, import.meta.url));

const NOTES = `
import { tool } from "meta-machine";
export class Module {
  #all = [];
  constructor(kernel) { this.kernel = kernel; }
  all() { return this.#all; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    const params = { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false };
    return { add: tool({ description: "Adds a note.", params, run: ({ text }) => this.#all.push(this.kernel.caller().api + ": " + text) }) };
  }
}`;

const mind = (server: ModelServer, tool_use: string) => `
prog: openai
grants: {packages: [openai, "@cfworker/json-schema"], net: ["${server.at}"], services: [vault], kernel: [tools]}
params: {base_url: "${server.base_url}", model: scripted, tool_use: ${tool_use}}
limits: {call_timeout_ms: 320000}
`;

function files(server: ModelServer): Record<string, string> {
  return {
    "configs/http.yml": shipped("http"),
    "configs/filesystem.yml": shipped("filesystem"),
    "configs/database.yml": shipped("database"),
    "configs/inference/text.yml": mind(server, "bracket"),
    "configs/inference/native.yml": mind(server, "native"),
    "plugins/notes.js": NOTES,
    "configs/notes.yml": "approve: never\n",
    "plugins/vault.js": NOTES,
    "configs/vault.yml": "approve: never\n",
    "configs/principals.yml": `
console:
  grants:
    services:
      - {api: filesystem, aspects: [tool], methods: [read_file]}
      - {api: database, aspects: [tool], methods: [query]}
      - {api: notes, aspects: [tool]}
`,
    "runtime/files/@console/plan.txt": "Buy tea, then bread.",
  };
}

const STEPS: readonly NativeCall[] = [
  { name: "filesystem_read_file", arguments: { path: "plan.txt" } },
  { name: "database_query", arguments: { sql: "select 6 * 7 as answer" } },
  { name: "notes_add", arguments: { text: "tea and bread" } },
];
const inBrackets = ({ name, arguments: args }: NativeCall): Reply =>
  callsInBrackets(`{call: ${name}, params: ${JSON.stringify(args)}}`, { before: "Let me see." });

for (
  const [api, way] of [["inference/text", inBrackets], [
    "inference/native",
    (call: NativeCall) => callsNatively([call]),
  ]] as const
) {
  Deno.test(`a model of ${api} reads a file, asks the database, writes a note in the console's name, and answers`, async () => {
    await using server = new ModelServer();
    await using host = await RunningHost.start(files(server));
    server.will(...STEPS.map(way), says("It is on your list."));
    const turn = await host.json<{ text: string; rounds: number }>(
      "call",
      api,
      "chat",
      '{"messages": [{"role": "user", "content": "What is to do?"}]}',
    );
    assert.deepEqual([turn.text, turn.rounds], ["It is on your list.", 4]);
    const told = server.asked.map(({ body }) => JSON.stringify(body.messages.at(-1)));
    assert.match(told[1]!, /Buy tea, then bread\./);
    assert.match(told[2]!, /answer.{1,8}42/);
    assert.deepEqual(await host.json("call", "notes", "all"), ["@console: tea and bread"]);
  });
}

Deno.test("a model gets what its principal may, never what the module that leads it may; a person is asked where that is due", async () => {
  await using server = new ModelServer();
  await using host = await RunningHost.start({ ...files(server), "configs/notes.yml": "" });
  const chat = () =>
    host.json<{ text: string }>(
      "call",
      "inference/text",
      "chat",
      '{"messages": [{"role": "user", "content": "Go on."}]}',
    );
  server.will(inBrackets({ name: "vault_add", arguments: { text: "mine" } }), says("No."));
  assert.equal((await chat()).text, "No.");
  assert.match(
    JSON.stringify(server.asked.at(-1)!.body.messages.at(-1)),
    /denied.*'console' may not call the tool 'vault_add'/,
  );
  assert.deepEqual(await host.json("call", "vault", "all"), []);
  const [{ content: prompt }] = server.asked[0]!.body.messages;
  assert.ok(prompt.includes("notes_add") && !prompt.includes("vault_add"), "it is not even shown");

  server.will(inBrackets({ name: "notes_add", arguments: { text: "gold" } }), says("Done."));
  const asking = chat();
  asking.catch(() => {}); // where the test has failed before
  const waiting = () => host.json<ListedApproval[]>("approvals");
  await until(async () => (await waiting()).length === 1, 10_000, () => "nobody asks");
  assert.deepEqual(await host.json("call", "notes", "all"), []);
  assert.equal((await host.cli("approve", (await waiting())[0]!.id)).code, 0);
  assert.equal((await asking).text, "Done.");
  assert.deepEqual(await host.json("call", "notes", "all"), ["@console: gold"]);
});
