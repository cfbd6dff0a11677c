import assert from "node:assert/strict";
import { LIBRARY_VERSIONS } from "../../libs/mod.ts";
import { LIBRARY_NAMES } from "../../kernel/vendor/mod.ts";

const HOST = new URL("library_host.ts", import.meta.url).pathname;
const LIBS = new URL("../../libs", import.meta.url).pathname;

/** Runs `code` beside the library of that name in a process that may read libs/ only and makes no code from strings. */
async function useLibrary(name: string, code: string): Promise<unknown> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--no-prompt",
      "--cached-only",
      "--unstable-worker-options",
      `--allow-read=${LIBS}`,
      "--v8-flags=--disallow-code-generation-from-strings",
      HOST,
      name,
      code,
    ],
    stdin: "null",
  }).output();
  const answer = JSON.parse(new TextDecoder().decode(stdout) || "{}");
  assert.equal(answer.error ?? new TextDecoder().decode(stderr), "");
  assert.deepEqual(answer.left, []);
  return answer.result;
}

const USES: Readonly<Record<string, { readonly code: string; readonly result: unknown }>> = {
  kysely: {
    code:
      `import { DummyDriver, Kysely, Migrator, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "lib:kysely";
      export function result() {
        const db = new Kysely({ dialect: { createAdapter: () => new SqliteAdapter(), createDriver: () => new DummyDriver(),
          createIntrospector: (db) => new SqliteIntrospector(db), createQueryCompiler: () => new SqliteQueryCompiler() } });
        const { sql, parameters } = db.selectFrom("notes").select(["id", "title"]).where("title", "=", "it's").compile();
        return { sql, parameters: [...parameters], migrator: typeof Migrator };
      }`,
    result: { migrator: "function", sql: 'select "id", "title" from "notes" where "title" = ?', parameters: ["it's"] },
  },
  hono: {
    code: `import { Hono } from "lib:hono";
      export async function result() {
        const app = new Hono();
        app.use("*", async (c, next) => { await next(); c.res.headers.set("x-seen", c.req.path); });
        app.get("/notes/:id", (c) => c.json({ id: c.req.param("id") }, 201));
        app.onError((error, c) => c.text(error.message, 500));
        app.get("/bad", () => { throw new Error("bad"); });
        const ask = async (path) => { const r = await app.fetch(new Request("http://x" + path)); return [r.status, await r.text(), r.headers.get("x-seen")]; };
        return [await ask("/notes/7"), await ask("/bad"), (await ask("/none"))[0]];
      }`,
    result: [[201, '{"id":"7"}', "/notes/7"], [500, "bad", "/bad"], 404],
  },
  zod: {
    code: `import { z } from "lib:zod";
      export function result() {
        const note = z.object({ title: z.string().min(1), tags: z.array(z.string()).optional() });
        const bad = note.safeParse({ title: "" });
        return { good: note.parse({ title: "a" }), path: bad.error.issues[0].path, required: z.toJSONSchema(note).required,
          back: z.fromJSONSchema({ type: "string" }).safeParse(1).success };
      }`,
    result: { good: { title: "a" }, path: ["title"], required: ["title"], back: false },
  },
  yaml: {
    code: `import { parse, stringify } from "lib:yaml";
      export const result = () => ({ value: parse("a: [1, 2] # note\\nb: {c: yes}"), text: stringify({ a: [1] }) });`,
    result: { value: { a: [1, 2], b: { c: "yes" } }, text: "a:\n  - 1\n" },
  },
  chromadb: {
    code: `import { ChromaClient } from "lib:chromadb";
      export async function result() {
        const asked = [];
        globalThis.fetch = async (request) => {
          asked.push(request.method + " " + request.url + " " + await request.text());
          return Response.json({ name: "notes", id: "1", tenant: "t", database: "d", configuration_json: {
            embedding_function: { type: "known", name: "default", config: {} } } });
        };
        const client = new ChromaClient({ host: "127.0.0.1", port: 8000, ssl: false });
        const { id, embeddingFunction } = await client.getOrCreateCollection({ name: "notes", embeddingFunction: null });
        delete globalThis.fetch;
        return { asked, id, embeds: embeddingFunction !== undefined };
      }`,
    result: {
      asked: [
        "POST http://127.0.0.1:8000/api/v2/tenants/default_tenant/databases/default_database/collections " +
        '{"name":"notes","configuration":{},"get_or_create":true}',
      ],
      id: "1",
      embeds: false,
    },
  },
  "@cfworker/json-schema": {
    code: `import { Validator } from "lib:@cfworker/json-schema";
      export function result() {
        const validator = new Validator({ type: "object", required: ["title"], properties: { title: { type: "string" } } });
        return [{ title: "a" }, { title: 1 }, {}].map((value) => validator.validate(value).valid);
      }`,
    result: [true, false, false],
  },
  openai: {
    // Its fetch is given to it: a module hands it its own, which is a call to the http service. Without one there is none that it could find.
    code: `import OpenAI from "lib:openai";
      const lines = ["one ", "two"].map((content) => "data: " + JSON.stringify({ choices: [{ index: 0, delta: { content } }] }) + "\\n\\n");
      const answer = () => Promise.resolve(new Response(lines.join("") + "data: [DONE]\\n\\n", { headers: { "content-type": "text/event-stream" } }));
      export async function result() {
        const asked = [];
        const client = new OpenAI({ apiKey: "k", baseURL: "http://127.0.0.1:1/v1", maxRetries: 0,
          fetch: (url, { body, headers }) => (asked.push(String(url), JSON.parse(body).model, headers.get("authorization")), answer()) });
        let text = "";
        for await (const { choices } of await client.chat.completions.create({ model: "m", messages: [], stream: true })) text += choices[0].delta.content;
        let bare; try { new OpenAI({ apiKey: "k", baseURL: "http://127.0.0.1:1/v1" }); } catch (error) { bare = error.message.slice(0, 21); }
        return { text, asked, bare };
      }`,
    result: {
      text: "one two",
      asked: ["http://127.0.0.1:1/v1/chat/completions", "m", "Bearer k"],
      bare: "`fetch` is not define",
    },
  },
  "@modelcontextprotocol/server": {
    code: `import { createMcpHandler, Server } from "lib:@modelcontextprotocol/server";
      export async function result() {
        const handler = createMcpHandler(() => {
          const server = new Server({ name: "s", version: "1" }, { capabilities: { tools: {} } });
          server.setRequestHandler("tools/list", () => ({ tools: [{ name: "add", inputSchema: { type: "object" } }] }));
          return server;
        });
        const ask = async (method, params, headers = {}) => {
          const request = new Request("http://127.0.0.1/mcp", { method: "POST", body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
            headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers } });
          const text = await (await handler.fetch(request)).text();
          return JSON.parse(text.match(/\\{.*\\}/s)[0]).result;
        };
        const version = "2026-07-28";
        const _meta = { "io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientInfo": { name: "c", version: "1" },
          "io.modelcontextprotocol/clientCapabilities": {} };
        const now = await ask("tools/list", { _meta }, { "mcp-protocol-version": version, "mcp-method": "tools/list" });
        const former = await ask("tools/list", {});
        return [now, former].map(({ tools }) => tools[0].name);
      }`,
    result: ["add", "add"],
  },
  "@modelcontextprotocol/client": {
    code:
      `import { CfWorkerJsonSchemaValidator, Client, StreamableHTTPClientTransport } from "lib:@modelcontextprotocol/client";
      export async function result() {
        const schema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
        const answers = {
          initialize: { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "s", version: "1" } },
          "tools/list": { tools: [{ name: "count", inputSchema: { type: "object" }, outputSchema: schema }] },
          "tools/call": { content: [], structuredContent: { n: "three" } },
        };
        const fetch = (_url, { method, body }) => {
          const { id, method: asked } = method === "POST" ? JSON.parse(body) : {};
          if (answers[asked] === undefined) return Promise.resolve(new Response(null, { status: method === "POST" ? 202 : 405 }));
          const text = JSON.stringify({ jsonrpc: "2.0", id, result: answers[asked] });
          return Promise.resolve(new Response(text, { headers: { "content-type": "application/json" } }));
        };
        const client = new Client({ name: "c", version: "1" }, { jsonSchemaValidator: new CfWorkerJsonSchemaValidator() });
        await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch }));
        const { tools } = await client.listTools();
        const refused = await client.callTool({ name: "count", arguments: {} }).then(() => "taken", ({ message }) => /does not match/.test(message));
        return [tools[0].name, refused];
      }`,
    result: ["count", true],
  },
};

for (const [name, { code, result }] of Object.entries(USES)) {
  Deno.test(`library ${name} works in a Worker without permissions, without eval and after the lockdown`, async () => {
    assert.deepEqual(await useLibrary(name, code), result);
  });
}

Deno.test("library_host refuses an import that was not granted", async () => {
  await assert.rejects(
    useLibrary("yaml", `import "lib:zod"; export const result = () => 1;`),
    /import of 'lib:zod' is not allowed/,
  );
});

Deno.test("libs holds each library that can be granted, and each is used by a test", () => {
  assert.deepEqual(Object.keys(LIBRARY_VERSIONS).sort(), [...LIBRARY_NAMES].sort());
  // pg needs builtins, and is used by the tests of the database in a module's Worker.
  assert.deepEqual([...Object.keys(USES), "pg"].sort(), [...LIBRARY_NAMES].sort());
});
