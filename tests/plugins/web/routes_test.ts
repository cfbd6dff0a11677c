/** The OpenAPI document, and the seam for MCP, against the routes themselves. */
import assert from "node:assert/strict";
import type { BearerKernel } from "meta-machine";
import { HANDLERS } from "../../../plugins/web/handlers.ts";
import { ROUTES } from "../../../plugins/web/route_table.ts";
import { refusedAs, serveWeb } from "./with_web.ts";

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { content: Record<string, unknown> }>;
  readonly requestBody?: unknown;
  readonly security?: unknown[];
}

Deno.test("the OpenAPI document tells each route that there is, and each is answered as it tells", async () => {
  await using web = serveWeb();
  const response = await web.as("kitchen", "/api/openapi.json");
  const document = await response.json() as { openapi: string; paths: Record<string, Record<string, Operation>> };
  assert.equal(document.openapi, "3.1.0");
  const told = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation }))
  );
  assert.deepEqual(told.map(({ operation }) => operation.operationId).sort(), ROUTES.map(({ id }) => id).sort());
  assert.deepEqual(Object.keys(HANDLERS).sort(), ROUTES.map(({ id }) => id).filter((id) => id !== "health").sort());
  for (const { path, method, operation } of told) {
    const url = path.replace("{model}", "inference/none");
    const init = { method: method.toUpperCase(), ...operation.requestBody !== undefined && { body: "{}" } };
    const answer = await web.as("kitchen", url, init);
    const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
    const says = operation.responses[answer.status];
    assert.ok(says !== undefined, `${method} ${path} answered ${answer.status}`);
    assert.ok(type in says.content, `${method} ${path} answered ${answer.status} as ${type}`);
    await answer.body?.cancel();
    const without = await fetch(web.base + url, init);
    assert.equal(without.status, operation.security === undefined ? 401 : 200, `${method} ${path} without a token`);
    await without.body?.cancel();
  }
});

Deno.test("each refusal that the document tells of is a schema of it", async () => {
  await using web = serveWeb();
  const text = await (await web.as("kitchen", "/api/openapi.json")).text();
  const { components: { schemas } } = JSON.parse(text);
  const named = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!));
  assert.deepEqual([...named].sort(), Object.keys(schemas).sort());
});

Deno.test("/mcp is behind the same gate, and says that it is not spoken while there is no endpoint", async () => {
  await using web = serveWeb();
  for (const method of ["GET", "POST", "DELETE"]) {
    assert.equal(
      (await refusedAs(await web.as("kitchen", "/mcp", { method }), 501)).message,
      "this server does not speak MCP yet",
    );
    await refusedAs(await fetch(`${web.base}/mcp`, { method }), 401);
    await refusedAs(await web.as("kitchen", "/mcp", { method, headers: { origin: "https://evil.example" } }), 403);
  }
});

Deno.test("an MCP endpoint gets a bounded body and a bearer, and its streams have a place and end with the client", async () => {
  const heard: string[] = [];
  let left = 0;
  const mcp = async (request: Request, bearer: BearerKernel) => {
    heard.push(
      `${request.method} ${request.headers.get("mcp-protocol-version")} ${await request.text()} ${bearer.principal}`,
    );
    if (request.method === "POST") return Response.json({ ok: true }, { headers: { "mcp-session-id": "s" } });
    const body = new ReadableStream({
      start: (to) => to.enqueue(new TextEncoder().encode("data: 1\n\n")),
      cancel: () => void left++,
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  await using web = serveWeb({ own: { body_bytes: 100, streams_per_principal: 1 }, powers: { mcp } });
  const answer = await web.post("kitchen", "/mcp", { a: 1 }, { headers: { "mcp-protocol-version": "v" } });
  assert.deepEqual([answer.headers.get("mcp-session-id"), await answer.json()], ["s", { ok: true }]);
  await refusedAs(await web.post("kitchen", "/mcp", "x".repeat(101)), 413);
  const gone = new AbortController();
  const stream = await web.as("kitchen", "/mcp", { signal: gone.signal });
  assert.equal((await stream.body!.getReader().read()).done, false);
  await refusedAs(await web.as("kitchen", "/mcp"), 429);
  gone.abort();
  while (left === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(heard.slice(0, 2), ['POST v {"a":1} kitchen', "GET null  kitchen"]);
});

Deno.test("events go to who was granted operations: the kinds that he names, as they come, until he goes", async () => {
  const asked: (readonly string[])[] = [];
  let left = 0;
  const said = { time: "2026-01-01T00:00:00.000Z", kind: "module.ready", api: "notes", message: "line\nline" };
  const events = (kinds: readonly string[]) => {
    asked.push(kinds);
    let first = true;
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => first ? (first = false, Promise.resolve({ value: said })) : new Promise(() => {}),
        return: () => (left++, Promise.resolve({ done: true })),
      }),
    };
  };
  const may = (principal: string, { api, aspect, method }: { api: string; aspect?: string; method: string }) =>
    principal === "watcher" && api === "web" && aspect === "operations" && method === "events";
  await using web = serveWeb({ may, kernel: { events } });
  assert.equal((await refusedAs(await web.as("kitchen", "/api/events"), 403)).code, "not_granted");
  const gone = new AbortController();
  const response = await web.as("watcher", "/api/events?kinds=module.ready,module.killed", { signal: gone.signal });
  assert.match(response.headers.get("content-type")!, /^text\/event-stream/);
  const { value } = await response.body!.getReader().read();
  assert.equal(
    new TextDecoder().decode(value),
    'event: module.ready\ndata: {"time":"2026-01-01T00:00:00.000Z","kind":"module.ready","api":"notes","message":"line\\nline"}\n\n',
  );
  assert.deepEqual(asked, [["module.ready", "module.killed"]]);
  gone.abort();
  while (left === 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

Deno.test("events that break off say why, as the stream's last word", async () => {
  const next = () => Promise.reject(new Error("a secret"));
  const events = () => ({ [Symbol.asyncIterator]: () => ({ next }) });
  await using web = serveWeb({ kernel: { events } });
  const text = await (await web.as("watcher", "/api/events")).text();
  assert.match(text, /^event: error\ndata: \{"error":\{"code":"internal"/);
  assert.doesNotMatch(text, /secret/);
});
