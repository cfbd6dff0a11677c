/** Tools by their names in a real host: whose authority they have, who is asked first, and what a token may. */
import assert from "node:assert/strict";
import type { ListedApproval } from "../../kernel/contract/control.ts";
import { RunningHost, until } from "./running_host.ts";

/** Stands for a module that leads a model's conversation: it asks for whatever tool it is told, for whom it serves. */
const TALK = `
export class Module {
  #held;
  constructor(kernel) { this.kernel = kernel; }
  catalog() { return this.kernel.asCaller().listTools().then((tools) => tools.map(({ name }) => name)); }
  ask(tool, params, id) { return this.kernel.asCaller().callTool({ tool, params, id }); }
  own(tool, params) { return this.kernel.callTool({ tool, params }); }
  async show(token) { this.#held = await this.kernel.asBearer(token); return this.#held.principal; }
  held(tool, params) { return this.#held.callTool({ tool, params }); }
  heldCatalog() { return this.#held.listTools().then((tools) => tools.map(({ name }) => name)); }
  heldCall(text) { return this.#held.getApi("notes").whoami(text); }
}`;
const NOTES = `
import { tool } from "meta-machine";
export class Module {
  #all = [];
  constructor(kernel) { this.kernel = kernel; }
  whoami() { const { api, principal } = this.kernel.caller(); return api + " for " + principal; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    const params = { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false };
    return {
      add: tool({ description: "Adds a note.", params, run: ({ text }) => this.#all.push(this.whoami() + ": " + text) }),
      all: tool({ description: "All notes.", params: { type: "object" }, run: () => this.#all, readOnly: true }),
    };
  }
}`;
const FILES = {
  "plugins/talk.js": TALK,
  "configs/talk.yml": "grants: {services: [secrets], kernel: [tools, bearer]}\nlimits: {call_timeout_ms: 600000}\n",
  "plugins/notes.js": NOTES,
  "configs/notes.yml": "approve: never\n",
  "plugins/secrets.js": NOTES,
  "configs/secrets.yml": "",
  "configs/filesystem.yml": "prog: services/filesystem\ngrants: {builtins: [files], folders: [{path: ., mode: rw}]}\n",
  "runtime/files/@console/list.txt": "tea, bread",
};
// deno-lint-ignore no-explicit-any -- whatever came of it
const outcome = (host: RunningHost, ...args: string[]) => host.json<any>("call", "talk", ...args);

Deno.test("a conversation that the operator began may look at first, and what its principal was granted from then on", async () => {
  await using host = await RunningHost.start(FILES);
  const looked = await outcome(host, "ask", "filesystem_read_file", '{"path": "list.txt"}', "c1");
  assert.deepEqual(looked, {
    result: "filesystem_read_file",
    id: "c1",
    status: "success",
    data: { content: "tea, bread" },
  });
  const refused = await outcome(host, "ask", "notes_add", '{"text": "hello"}');
  assert.equal(refused.error.code, "denied");
  const catalog = await host.json<string[]>("call", "talk", "catalog");
  assert.ok(catalog.every((name) => name.startsWith("filesystem_")), `${catalog}`);
  assert.ok(!catalog.includes("filesystem_write_file"));
  assert.deepEqual((await host.json<{ name: string }[]>("tools", "--as", "console")).map(({ name }) => name), catalog);

  await host.write({ "configs/principals.yml": "console: {grants: {services: [notes]}}\n" });
  await until(async () => (await outcome(host, "catalog")).includes("notes_add"), 5_000, () => "no notes");
  const added = await outcome(host, "ask", "notes_add", '{"text": "hello"}');
  assert.deepEqual(added, { result: "notes_add", status: "success", data: 1 });
  assert.deepEqual((await outcome(host, "ask", "notes_all", "{}")).data, ["@console for console: hello"]);
  assert.equal((await outcome(host, "ask", "filesystem_read_file", '{"path": "list.txt"}')).error.code, "denied");
  assert.equal((await outcome(host, "ask", "secrets_all", "{}")).error.code, "denied", "talk may, the console may not");

  const wrong = await outcome(host, "ask", "notes_add", '{"txt": 1}');
  assert.deepEqual([wrong.error.code, /"text" is missing/.test(wrong.error.message)], ["invalid_params", true]);
  const unknown = await outcome(host, "ask", "note_add", "{}");
  assert.deepEqual([unknown.error.code, unknown.error.message], [
    ...["unknown_tool", "there is no tool 'note_add'; nearest: notes_add, notes_all"],
  ]);

  await host.write({ "configs/principals.yml": "console: {grants: {service: [notes]}}\n" });
  const told = async () =>
    (await host.events()).some(({ kind, message }) =>
      kind === "config.rejected" &&
      `${message}`.includes("configs/principals.yml:1: console.grants: found the unknown key")
    );
  await until(told, 5_000, () => "a broken file was not told");
  assert.equal((await outcome(host, "ask", "notes_all", "{}")).status, "success", "who there was before stays");
});

Deno.test("a tool whose module asks waits for the operator, who reads it first; yes, no and a restart of the kernel", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "configs/principals.yml": "console: {grants: {services: [secrets]}}\n",
  });
  const asking = outcome(host, "ask", "secrets_add", '{"text": "buy gold"}');
  asking.catch(() => {}); // where the test has failed before
  const waiting = async () => await host.json<ListedApproval[]>("approvals");
  await until(async () => (await waiting()).length === 1, 5_000, () => "nobody asks");
  const [asked] = await waiting();
  const { id, waited_s: _, ...rest } = asked!;
  assert.deepEqual(rest, {
    ...{ tool: "secrets_add", api: "secrets", principal: "console", params: '[{"text":"buy gold"}]' },
    ...{ readOnly: false, destructive: true },
  });
  assert.match(
    (await host.cli("approvals")).out,
    /secrets_add {2}for console, waits for .*\n {2}\[\{"text":"buy gold"\}\]/,
  );
  assert.equal((await host.fault("approve", "zzz")).code, "not_found");
  assert.match((await host.cli("approve", id)).out, /^approved: secrets_add for console/);
  assert.equal((await asking).status, "success");
  assert.deepEqual(await waiting(), []);

  const looking = outcome(host, "ask", "secrets_all", "{}");
  await until(async () => (await waiting()).length === 1, 5_000, () => "its own word that it only reads was believed");
  assert.equal((await host.cli("deny", (await waiting())[0]!.id)).code, 0);
  const denied = await looking;
  assert.deepEqual([denied.error.code, denied.error.message], ["denied", "the operator refused 'secrets_all'"]);
  const kinds = (await host.events()).map(({ kind }) => kind).filter((kind) => kind.startsWith("approval."));
  assert.deepEqual(kinds, ["approval.asked", "approval.given", "approval.asked", "approval.given"]);
});

Deno.test("a token acts as its principal, also after the kernel has died, and no more once it is revoked", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "configs/principals.yml": "kitchen: {grants: {services: [notes]}}\n",
  });
  assert.equal((await host.fault("token", "new", "cellar")).code, "not_found");
  const { id, token } = await host.json<{ id: string; token: string }>("token", "new", "kitchen");
  assert.equal(await outcome(host, "show", token), "kitchen");
  assert.deepEqual(await outcome(host, "heldCatalog"), ["notes_add", "notes_all"]);
  assert.equal(await outcome(host, "heldCall", "x"), "@kitchen for kitchen");
  assert.equal((await outcome(host, "held", "secrets_all", "{}")).error.code, "denied");

  const [kernel] = [(await host.status()).kernel.pid];
  Deno.kill(kernel, "SIGKILL");
  await until(async () => (await host.cli("status")).code === 0, 10_000, () => "no kernel");
  assert.equal((await outcome(host, "held", "notes_all", "{}")).status, "success", "it is shown again by itself");
  assert.equal((await host.cli("token", "revoke", id)).code, 0);
  assert.equal((await outcome(host, "held", "notes_all", "{}")).error.code, "denied");
  assert.deepEqual(await host.json("token"), []);
  const { stderr } = host;
  assert.ok(!stderr.includes(token.slice(5)), "it stands in no log");
});
