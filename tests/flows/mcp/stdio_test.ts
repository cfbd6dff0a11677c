/** `mcp`: the official client starts the program, and speaks with a host that goes on living meanwhile. */
import assert from "node:assert/strict";
import type { ListedApproval } from "../../../kernel/contract/control.ts";
import { programCommand } from "../program_command.ts";
import { RunningHost, until } from "../running_host.ts";
import { MODES, overStdio } from "./official_client.ts";

const notes = (entries: Record<string, string>) => `
import { tool } from "meta-machine";
export class Module {
  #all = [];
  constructor(kernel) { this.kernel = kernel; }
  whoami() { const { api, principal } = this.kernel.caller(); return api + " for " + principal; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    const params = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
    return {${Object.entries(entries).map(([name, body]) => `${name}: tool(${body})`).join(",\n")}};
  }
}`;
const ADD = `{ description: "Adds a note.", params, run: ({ text }) => this.#all.push(text) }`;
const ALL = `{ description: "All notes.", readOnly: true, run: () => ({ notes: this.#all, by: this.whoami() }) }`;
const LONG = `{ description: "A long text.", run: () => "x".repeat(300_000) }`;
const LATE = `{ description: "Came later.", run: () => "here" }`;
const DROP = `{ description: "Stream.", run: async function* () { yield "tea, "; yield "bread"; } }`;
const SLOW =
  `{ description: "Never ends.", run: (_params, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", () => { console.log("given up"); fail(signal.reason); })) }`;

const FILES = {
  "plugins/notes.js": notes({ add: ADD, all: ALL, long: LONG, drop: DROP, slow: SLOW }),
  "configs/notes.yml": "approve: never\n",
  "plugins/secrets.js": notes({ add: ADD }),
  "configs/secrets.yml": "",
  "configs/principals.yml": "editor: {grants: {services: [notes]}}\nasker: {grants: {services: [secrets]}}\n",
};
const NAMES = ["notes_add", "notes_all", "notes_drop", "notes_long", "notes_slow"];

for (const mode of MODES) {
  Deno.test(`mcp serves the tools of its principal over stdio: a client in mode ${JSON.stringify(mode)}`, async () => {
    await using host = await RunningHost.start(FILES);
    await using editor = await overStdio(host.home, mode, "--as", "editor");
    assert.equal(editor.client.getNegotiatedProtocolVersion(), mode === "legacy" ? "2025-11-25" : "2026-07-28");
    const { tools } = await editor.client.listTools();
    assert.deepEqual(tools.map(({ name }) => name), NAMES, "its own, by name, and none of secrets");
    assert.deepEqual(tools[1]!.annotations, { readOnlyHint: true, destructiveHint: false });
    assert.deepEqual(tools[0]!.inputSchema.required, ["text"]);
    assert.deepEqual(await editor.call("notes_add", { text: "tea" }), { text: "1", error: false, data: undefined });
    const all = await editor.call("notes_all");
    assert.deepEqual(all.data, { notes: ["tea"], by: "@editor for editor" });
    assert.deepEqual(JSON.parse(all.text), all.data);

    const wrong = await editor.call("notes_add", { txt: "tea" });
    assert.ok(wrong.error && /^invalid_params: .*"text" is missing[^]*\nhint: /.test(wrong.text), wrong.text);
    const denied = await editor.call("secrets_add", { text: "tea" });
    assert.match(denied.text, /^denied: 'editor' may not call the tool 'secrets_add'/);
    assert.equal((denied.data as { error: { code: string } }).error.code, "denied");
    assert.match(
      (await editor.call("note_add")).text,
      /^unknown_tool: there is no tool .note_add.; nearest: notes_add/,
    );
    const long = await editor.call("notes_long");
    assert.match(long.text.slice(262_140), /^xxxx\n\[cut: the first 262144 of 300000 characters/);
    assert.match((await editor.call("notes_drop")).text, /^invalid_params: the answer is a stream, which only modules/);

    await host.write({ "plugins/notes.js": notes({ add: ADD, all: ALL, late: LATE }) });
    await until(() => editor.told() > 0, 8_000, () => `nobody was told: ${editor.said()}`);
    assert.deepEqual(await editor.names(), ["notes_add", "notes_all", "notes_late"]);
    assert.equal((await editor.call("notes_late")).text, "here");
    assert.equal(editor.said(), "", "stderr has nothing either");
  });
}

Deno.test("a call that its client gives up is given up in the module", async () => {
  await using host = await RunningHost.start(FILES);
  await using editor = await overStdio(host.home, "auto", "--as", "editor");
  const gone = new AbortController();
  const call = editor.client.callTool({ name: "notes_slow", arguments: {} }, { signal: gone.signal });
  call.catch(() => {});
  await until(async () => (await host.module("notes"))!.active_tasks > 0, 5_000, () => "it was not called");
  gone.abort();
  await assert.rejects(call);
  await until(
    async () => (await host.cli("logs", "notes")).out.includes("given up"),
    5_000,
    () => "the module was not told",
  );
});

Deno.test("a tool that asks waits for the operator's yes, over mcp and by `tool call`", async () => {
  await using host = await RunningHost.start(FILES);
  await using asker = await overStdio(host.home, "auto", "--as", "asker");
  const waiting = async () => await host.json<ListedApproval[]>("approvals");
  const asked = asker.call("secrets_add", { text: "gold" });
  await until(async () => (await waiting()).length === 1, 5_000, () => "nobody asks");
  const [first] = await waiting();
  assert.deepEqual([first!.tool, first!.principal], ["secrets_add", "asker"]);
  await host.cli("approve", first!.id);
  assert.equal((await asked).text, "1");

  const refused = host.fault("tool", "call", "secrets_add", '{"text": "more"}', "--as", "asker");
  await until(async () => (await waiting()).length === 1, 5_000, () => "nobody asks");
  await host.cli("deny", (await waiting())[0]!.id);
  assert.equal((await refused).message, "the operator refused 'secrets_add'");
  assert.equal((await host.fault("tool", "call", "notes_add", '{"text": "x"}')).code, "denied", "console, by default");
  assert.equal(await host.json("tool", "call", "notes_add", '{"text": "x"}', "--as", "editor"), 1);
  assert.equal((await host.fault("tool", "call", "notes_add", "milk")).code, "invalid_argument");
});

Deno.test("mcp goes on over the death of a kernel, says when the host has stopped, and ends with its client", async () => {
  await using host = await RunningHost.start(FILES);
  const editor = await overStdio(host.home, "auto", "--as", "editor");
  assert.deepEqual(await editor.names(), NAMES);
  Deno.kill((await host.status()).kernel.pid, "SIGKILL");
  assert.deepEqual(await editor.names(), NAMES, "it waits for the next kernel");
  assert.equal((await editor.call("notes_add", { text: "tea" })).error, false);
  await host.write({ "plugins/notes.js": notes({ add: ADD, late: LATE }) });
  await until(() => editor.told() > 0, 8_000, () => `changes are not told any more: ${editor.said()}`);
  assert.deepEqual(await editor.names(), ["notes_add", "notes_late"]);
  await host.stop();
  await assert.rejects(editor.names(), /no host runs in/);
  const gone = await editor.call("notes_add", { text: "tea" });
  assert.ok(gone.error && gone.text.startsWith("service_down: no host runs in"), gone.text);
  await editor.client.close();
  await until(() => !isAlive(editor.pid), 3_000, () => "it outlived its client");
});

Deno.test("mcp refuses at once where no host runs and for a principal that is nobody; stdout stays empty", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  const none = await RunningHost.cliIn(home, "mcp");
  assert.deepEqual([none.code, none.out], [1, ""]);
  assert.match(none.err, /no host runs in/);
  await Deno.remove(home, { recursive: true });
  await using host = await RunningHost.start({ "configs/principals.yml": "" });
  const nobody = await host.cli("mcp", "--as", "nobody");
  assert.deepEqual([nobody.code, nobody.out], [1, ""]);
  assert.match(nobody.err, /no principal 'nobody'/);
});

Deno.test("mcp answers nothing but the protocol, skips what is no message and ends when stdin ends", async () => {
  await using host = await RunningHost.start(FILES);
  const { executable, args } = programCommand();
  const child = new Deno.Command(executable, {
    args: [...args, "mcp", "--home", host.home, "--as", "editor"],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const init = {
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
  };
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`garbage\n{"no": "message"}\n\n${JSON.stringify(init)}\n`));
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let out = "";
  while (!out.includes("\n")) out += (await reader.read()).value ?? "\n";
  assert.equal(JSON.parse(out).result.protocolVersion, "2025-06-18");
  await writer.close();
  assert.equal((await reader.read()).done, true);
  const { code } = await child.status;
  assert.equal(code, 0);
  assert.match(await new Response(child.stderr).text(), /a line is no message/);
});

function isAlive(pid: number): boolean {
  try {
    Deno.kill(pid, 0 as unknown as Deno.Signal);
    return true;
  } catch {
    return false;
  }
}
