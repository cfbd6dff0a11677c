/** Who is let in, and who is told what when he is not: over real HTTP, by raw requests where a client would not send them. */
import assert from "node:assert/strict";
import { fault } from "meta-machine";
import { refusedAs, sayRaw, serveWeb, tokenFor } from "./with_web.ts";

const TOKEN = tokenFor("kitchen");
const get = (path: string, port: number, more: Record<string, string> = {}) => {
  const headers = { Host: `127.0.0.1:${port}`, Authorization: `Bearer ${TOKEN}`, Connection: "close", ...more };
  return `GET ${path} HTTP/1.1\r\n${
    Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("")
  }\r\n`;
};
const PATHS = [
  "/v1/models",
  "/v1/models/x",
  "/api/status",
  "/api/tools",
  "/api/events",
  "/api/openapi.json",
  "/metrics",
  "/mcp",
  "/none",
];

Deno.test("every route but /healthz needs a token, and says how to send one", async () => {
  await using web = serveWeb();
  assert.equal((await fetch(`${web.base}/healthz`)).status, 200);
  for (const path of PATHS) {
    const response = await fetch(web.base + path);
    assert.equal(response.headers.get("www-authenticate"), 'Bearer realm="meta-machine"', path);
    const { message } = await refusedAs(response, 401);
    assert.match(message, /^this needs a token/, path);
  }
  for (const path of ["/api/call", "/api/tools", "/v1/chat/completions", "/mcp"]) {
    await refusedAs(await fetch(web.base + path, { method: "POST", body: "{}" }), 401);
  }
});

Deno.test("what is no token of this machine, unknown or revoked gives 401 and asks the kernel only what looks like one", async () => {
  let shown = 0;
  await using web = serveWeb({
    kernel: {
      asBearer: () => (shown++, Promise.reject(fault("denied", "no such token", { hint: "`token new` makes one" }))),
    },
  });
  for (
    const header of [
      "Bearer x",
      `Basic ${btoa("kitchen:x")}`,
      `Bearer ${TOKEN}0`,
      `Bearer ${TOKEN.toUpperCase()}x`,
      TOKEN,
      "Bearer",
    ]
  ) {
    const response = await fetch(`${web.base}/api/tools`, { headers: { authorization: header } });
    assert.match(response.headers.get("www-authenticate")!, /error="invalid_token"/);
    assert.equal((await refusedAs(response, 401)).message, "the Authorization header has no token of this machine");
  }
  assert.equal(shown, 0);
  const { message } = await refusedAs(await web.as("kitchen", "/api/tools"), 401);
  assert.equal(message, "the token is not known: there was none like it, or it was revoked");
  assert.equal(shown, 1);
});

Deno.test("a token that was revoked is none from the next request on", async () => {
  await using web = serveWeb();
  assert.equal((await web.as("kitchen", "/api/tools")).status, 200);
  web.revoked.add(TOKEN);
  await refusedAs(await web.as("kitchen", "/api/tools"), 401);
});

Deno.test("a token in a URL is refused, whether it is good or not, and the text says so without it", async () => {
  await using web = serveWeb();
  for (
    const path of [
      `/api/tools?token=${TOKEN}`,
      `/api/tools?access_token=x`,
      `/api/tools?API_KEY=x`,
      `/api/tools?q=${TOKEN}`,
      `/healthz?token=x`,
      `/api/${TOKEN}`,
      `/api/tools?q=${TOKEN.replace("mm_", "%6dm_")}`,
      `/v1/models/${TOKEN.toUpperCase()}`,
    ]
  ) {
    const response = await web.as("kitchen", path);
    const text = await response.text();
    assert.equal(response.status, 400, path);
    assert.match(text, /a token in a URL is not accepted/);
    assert.ok(!text.toLowerCase().includes(TOKEN.slice(5)), text);
  }
});

Deno.test("a Host that is none of its names is refused, its own are not", async () => {
  await using web = serveWeb({ own: { hosts: ["agents.example.com", "other.example:8443"] } });
  const { port } = web;
  const status = async (host: string, path = "/api/tools") =>
    (await sayRaw(port, get(path, port, { Host: host }))).status;
  for (
    const host of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `LOCALHOST:${port}`,
      `[::1]:${port}`,
      "agents.example.com",
      "agents.example.com:444",
      "other.example:8443",
    ]
  ) {
    assert.equal(await status(host), 200, host);
  }
  for (
    const host of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1",
      `127.0.0.1:${port + 1}`,
      "other.example",
      "other.example:8444",
      "agents.example.com.evil.example",
      `127.0.0.1:${port}.evil.example`,
      `evil.example#127.0.0.1:${port}`,
      "",
      "a b",
      "x/../y@z",
      `127.0.0.1:${port}@evil.example`,
      "agents.example.com:",
      "127.1",
    ]
  ) {
    const got = await status(host);
    assert.ok(got === 403 || got === 400, `${host}: ${got}`);
  }
  const absolute =
    `GET http://evil.example/api/tools HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;
  assert.equal((await sayRaw(port, absolute)).status, 403, "its first line names another");
  const two =
    `GET /api/tools HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;
  assert.equal((await sayRaw(port, two)).status, 400);
  const { text } = await sayRaw(port, get("/api/tools", port, { Host: "evil.example" }));
  assert.match(text, /the Host header names none of this server's names/);
  assert.doesNotMatch(text, /access-control/i);
});

Deno.test("a page of another origin is refused, with its token too; one that the config names may ask, and is told so", async () => {
  await using web = serveWeb({ own: { origins: ["https://chat.example.com"] } });
  for (
    const origin of [
      "https://evil.example",
      "null",
      "https://chat.example.com.evil.example",
      "http://chat.example.com",
      `http://127.0.0.1:${web.port}`,
    ]
  ) {
    const response = await web.as("kitchen", "/api/tools", { headers: { origin } });
    assert.equal(response.headers.get("access-control-allow-origin"), null, origin);
    await refusedAs(response, 403);
    const asked = { origin, "access-control-request-method": "POST" };
    assert.equal((await fetch(`${web.base}/api/call`, { method: "OPTIONS", headers: asked })).status, 403);
  }
  const origin = "https://chat.example.com";
  const allowed = await web.as("kitchen", "/api/tools", { headers: { origin } });
  assert.deepEqual([allowed.status, allowed.headers.get("access-control-allow-origin"), allowed.headers.get("vary")], [
    200,
    origin,
    "Origin",
  ]);
  assert.equal(allowed.headers.get("access-control-allow-credentials"), null);
  const preflight = await fetch(`${web.base}/api/call`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
  });
  assert.deepEqual([preflight.status, preflight.headers.get("access-control-allow-origin")], [204, origin]);
  assert.match(preflight.headers.get("access-control-allow-headers")!, /authorization/);
  assert.equal((await fetch(`${web.base}/api/tools`, { headers: { origin } })).status, 401, "an origin is no token");
});

Deno.test("no way of writing a path leads past the token, or to another route", async () => {
  await using web = serveWeb();
  const { port } = web;
  const bare = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
  for (
    const path of [
      "/api/../healthz/../api/tools",
      "/healthz/../api/tools",
      "/healthz/%2e%2e/api/tools",
      "//healthz//api/tools",
      "/healthz/",
      "/healthz%00",
      "/healthz/x",
      "/api%2ftools",
      "/%61pi/tools",
      "/API/tools",
      "/api/tools/",
      "/api//tools",
      "/api/tools;x",
      "/api/tools%20",
      "/healthz\\..\\api\\tools",
      "/./healthz/./../metrics",
      "*",
    ]
  ) {
    const { status, text } = await sayRaw(port, bare(path));
    assert.ok(status === 401 || status === 400, `${path}: ${status} ${text}`);
    const shown = await sayRaw(port, get(path, port));
    assert.ok([200, 404, 400].includes(shown.status as number), `${path}: ${shown.status}`);
    if (shown.status === 200) assert.match(shown.text, /\{"tools":\[\]\}/, path);
  }
});

Deno.test("requests that are none, or too much of one, cost an error and nothing else", async () => {
  await using web = serveWeb();
  const { port } = web;
  const big = "a".repeat(70_000);
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`X-${i}`, "1"]));
  for (
    const [what, bytes] of [
      ["a huge header", get("/api/tools", port, { X: big })],
      ["a huge path", get(`/${big}`, port)],
      ["many headers", get("/api/tools", port, many)],
      ["no HTTP", "hello\r\n\r\n"],
      ["a bad version", "GET / HTTP/9.9\r\n\r\n"],
      ["a header with a line break", get("/api/tools", port, { X: "1\r\n bad" })],
      [
        "both lengths",
        `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ],
    ] as const
  ) {
    const { status } = await sayRaw(port, bytes);
    assert.ok(typeof status === "number" && (status === 0 || status >= 400 && status < 500), `${what}: ${status}`);
  }
  assert.equal(
    (await sayRaw(port, get("/api/tools", port, { X: "a".repeat(60_000) }))).status,
    200,
    "the last that is allowed is near 64 KiB",
  );
  for (const method of ["HEAD", "PUT", "PATCH", "TRACE", "PROPFIND", "OPTIONS"]) {
    const { status, text } = await sayRaw(port, get("/api/tools", port).replace("GET", method));
    assert.equal(status, 405, method);
    assert.match(text, /allow: GET/i);
  }
  assert.equal((await fetch(`${web.base}/healthz`, { method: "HEAD" })).status, 200);
  assert.equal((await web.as("kitchen", "/api/tools")).status, 200);
});

Deno.test("a body that is no map in JSON, no UTF-8 or packed is refused in the route's own words", async () => {
  await using web = serveWeb();
  const deep = "[".repeat(100_000);
  for (const body of ["", "{", "[]", "null", "5", '"x"', deep, "{'a': 1}", "\uFEFF{}"]) {
    for (const path of ["/api/call", "/api/tools", "/v1/chat/completions"]) {
      await refusedAs(await web.post("kitchen", path, body), 400);
    }
  }
  await refusedAs(await web.post("kitchen", "/api/call", "", { body: new Uint8Array([0x7b, 0xff, 0x7d]) }), 400);
  await refusedAs(await web.post("kitchen", "/api/call", "{}", { headers: { "content-encoding": "gzip" } }), 415);
  const openai = await refusedAs(await web.post("kitchen", "/v1/chat/completions", "{"), 400) as unknown as Record<
    string,
    unknown
  >;
  assert.deepEqual(Object.keys(openai), ["message", "type", "param", "code"]);
  const own = await refusedAs(await web.post("kitchen", "/api/call", "{"), 400);
  assert.deepEqual(Object.keys(own), ["code", "message", "hint", "retriable", "maybe_ran"]);
});

Deno.test("an error that is no fault says nothing of itself", async () => {
  const services = {
    notes: {
      fail: () => {
        throw new Error(`secret at /home/x: ${TOKEN}`);
      },
    },
  };
  await using web = serveWeb({ services });
  const response = await web.post("kitchen", "/api/call", { api: "notes", method: "fail" });
  const text = await response.text();
  assert.deepEqual([response.status, JSON.parse(text).error.message], [500, "the web module failed to answer"]);
  assert.doesNotMatch(text, /secret|home|stack|\.ts|mm_/);
});
