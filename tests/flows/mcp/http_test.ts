/** The official client over HTTP: a module of the test's own serves the endpoint that the web module mounts, and checks the token as that does. */
import assert from "node:assert/strict";
import { RunningHost, until } from "../running_host.ts";
import { type Connected, type Mode, MODES, overHttp } from "./official_client.ts";

const source = (path: string) => Deno.readTextFileSync(new URL(`../../../${path}`, import.meta.url));

/** `hint` stands for what the kernel's events would tell. */
const WEB = `
import { serve } from "serve";
import { hostHeaderValidationResponse, localhostAllowedHostnames, localhostAllowedOrigins, originValidationResponse } from "@modelcontextprotocol/server";
import { mcpEndpoint } from "./mcp_endpoint.ts";
export class Module {
  #tell = new Set();
  #bearers = new Map();
  constructor(kernel, config) {
    this.kernel = kernel;
    const told = this.#tell;
    const events = () => {
      let wake;
      const tell = () => wake?.({ done: false, value: {} });
      told.add(tell);
      return { [Symbol.asyncIterator]() { return this; }, next: () => new Promise((done) => wake = done),
        return: async () => (told.delete(tell), wake?.({ done: true }), { done: true }) };
    };
    this.endpoint = mcpEndpoint({ version: "9.9.9", listeners: 2, request_bytes: 65536, ...(config.get("hints", false) && { events }) });
    this.server = serve((request) => this.answer(request));
  }
  async answer(request) {
    const refused = hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
      originValidationResponse(request, localhostAllowedOrigins());
    if (refused) return refused;
    const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
    const bearer = token && await this.kernel.asBearer(token).catch(() => undefined);
    if (!bearer) return new Response("a token is missing", { status: 401 });
    return this.endpoint(request, bearer);
  }
  port() { return this.server.port; }
  hint() { for (const tell of this.#tell) tell(); return this.#tell.size; }
  shutdown() { void this.server.shutdown(); }
}`;
const NOTES = (more = "") => `
import { tool } from "meta-machine";
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  getAspect(name) {
    if (name === "default") return this;
    const params = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
    return { add: tool({ description: "Adds.", params, run: ({ text }) => ({ text, by: this.kernel.caller().api }) }),
      all: tool({ description: "All.", readOnly: true, run: () => [1, 2n, new Date(0), new Uint8Array([1])] }) ${more} };
  }
}`;
const LATER = `, later: tool({ description: "Later.", run: () => "here" })`;

const FILES = {
  "plugins/web/mod.ts": WEB,
  "plugins/web/mcp_endpoint.ts": source("plugins/web/mcp_endpoint.ts"),
  "configs/web.yml": `
grants: {kernel: [bearer], packages: ["@modelcontextprotocol/server"], builtins: [serve], listen: ["127.0.0.1:0"]}
hints: true
`,
  "configs/plugins.lock": `web: {origin: local, grants: {builtins: [serve], listen: ["127.0.0.1:0"]}}\n`,
  "plugins/notes.js": NOTES(),
  "configs/notes.yml": "approve: never\n",
  "plugins/secrets.js": NOTES(),
  "configs/secrets.yml": "approve: never\n",
  "configs/principals.yml": "kitchen: {grants: {services: [notes]}}\ncellar: {grants: {services: [secrets]}}\n",
};

/** A host that serves MCP, and a client with a token for a principal. */
async function serving(more: Record<string, string> = {}) {
  const host = await RunningHost.start({ ...FILES, ...more });
  const web = await host.module("web");
  assert.equal(web?.state, "running", `${web?.reason} ${host.stderr}`);
  const url = `http://127.0.0.1:${await host.call("web", "port")}/mcp`;
  const token = async (principal: string) => await host.json<{ id: string; token: string }>("token", "new", principal);
  const connect = async (principal: string, mode: Mode): Promise<Connected & { id: string }> => {
    const { id, token: text } = await token(principal);
    return { ...await overHttp(url, mode, { authorization: `Bearer ${text}` }), id };
  };
  return { host, url, token, connect };
}

Deno.test("a client lists and calls the tools of its token's principal, in every way of agreeing on a revision", async () => {
  const { host, connect } = await serving();
  await using _host = host;
  for (const mode of MODES) {
    await using kitchen = await connect("kitchen", mode);
    assert.equal(kitchen.client.getNegotiatedProtocolVersion(), mode === "legacy" ? "2025-11-25" : "2026-07-28");
    assert.deepEqual(kitchen.client.getServerVersion()?.version, "9.9.9");
    assert.deepEqual(await kitchen.names(), ["notes_add", "notes_all"]);
    assert.deepEqual((await kitchen.call("notes_add", { text: "tea" })).data, { text: "tea", by: "@kitchen" });
    const all = await kitchen.call("notes_all");
    assert.deepEqual(all, {
      ...{ text: '[1,"2","1970-01-01T00:00:00.000Z",{"base64":"AQ=="}]', error: false, data: undefined },
    });
    assert.match((await kitchen.call("secrets_add", { text: "x" })).text, /^denied: 'kitchen' may not call/);
    assert.match((await kitchen.call("notes_add", { txt: "x" })).text, /^invalid_params: .*"text" is missing/);
    await using cellar = await connect("cellar", mode);
    assert.deepEqual(await cellar.names(), ["secrets_add", "secrets_all"]);
  }
});

Deno.test("a client without a token, with a wrong one, or from a foreign page is refused", async () => {
  const { host, url, token } = await serving();
  await using _host = host;
  const { token: text } = await token("kitchen");
  for (const mode of MODES) {
    await assert.rejects(overHttp(url, mode, {}), /a token is missing|HTTP 401/);
    await assert.rejects(overHttp(url, mode, { authorization: "Bearer mm_wrong" }), /a token is missing|HTTP 401/);
    await assert.rejects(
      overHttp(url, mode, { authorization: `Bearer ${text}`, origin: "https://evil.example" }),
      /Invalid Origin|HTTP 403/,
    );
  }
  await using near = await overHttp(url, "auto", { authorization: `Bearer ${text}`, origin: "http://localhost:3000" });
  assert.deepEqual(await near.names(), ["notes_add", "notes_all"]);
  const large = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${text}`, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: { cursor: "x".repeat(65_536) } }),
  });
  assert.equal(large.status, 413);
  await large.body?.cancel();
});

for (const hints of [true, false]) {
  Deno.test(`a tool that a reload brings is told to who listens: ${hints ? "by a hint" : "at the next look"}`, async () => {
    const { host, connect } = await serving({
      "configs/web.yml": FILES["configs/web.yml"].replace("hints: true", `hints: ${hints}`),
    });
    await using _host = host;
    await using kitchen = await connect("kitchen", "auto");
    await using cellar = await connect("cellar", { pin: "2026-07-28" });
    assert.deepEqual(await kitchen.names(), ["notes_add", "notes_all"]);
    if (hints) {
      await until(async () => await host.call<number>("web", "hint") === 1, 5_000, () => "events are not open");
    }
    await host.write({ "plugins/notes.js": NOTES(LATER) });
    const reloaded = async () => (await host.json<unknown[]>("tools", "notes")).length === 3;
    await until(reloaded, 5_000, () => "it was not reloaded");
    if (hints) await host.call("web", "hint");
    await until(() => kitchen.told() > 0, 4_000, () => "nobody was told");
    assert.deepEqual(await kitchen.names(), ["notes_add", "notes_all", "notes_later"]);
    assert.equal((await kitchen.call("notes_later")).text, "here");
    assert.equal(cellar.told(), 0, "what another principal has does not concern it");
    await kitchen.client.close();
    await cellar.client.close();
    if (hints) await until(async () => await host.call<number>("web", "hint") === 0, 5_000, () => "events stay open");
  });
}

Deno.test("so many may listen and no more; who is revoked listens no longer", async () => {
  const { host, connect } = await serving();
  await using _host = host;
  await using first = await connect("kitchen", "auto");
  await using second = await connect("kitchen", "auto");
  assert.deepEqual((await first.names()).length, 2);
  const third = await connect("kitchen", "auto");
  assert.deepEqual((await third.names()).length, 2, "it may list and call all the same");
  await host.write({ "plugins/notes.js": NOTES(LATER) });
  await until(async () => (await host.json<unknown[]>("tools", "notes")).length === 3, 5_000, () => "not reloaded");
  await host.call("web", "hint");
  await until(() => first.told() > 0 && second.told() > 0, 4_000, () => "nobody was told");
  assert.equal(third.told(), 0);
  await third.client.close();
  for (const { id } of [first, second]) await host.cli("token", "revoke", id);
  await host.call("web", "hint");
  await until(async () => await host.call<number>("web", "hint") === 0, 5_000, () => "a revoked token listens on");
  await assert.rejects(first.names());
});
