/** `fetch` as a module has it: through the shipped http service of a real host, to real servers. */
import assert from "node:assert/strict";
import { hear, say, serve, serveBytes, TLS } from "../plugins/services/http/with_http.ts";
import { RunningHost, until } from "./running_host.ts";

const SHIPPED = Deno.readTextFileSync(new URL("../../configs/services/http.yml", import.meta.url));

const ASKS = `
export class Module {
  constructor(kernel) { this.kernel = kernel; this.open = new Map(); }
  has() { return typeof fetch; }
  async ask(url, init = {}) {
    const response = await fetch(url, init.signal_ms ? { signal: AbortSignal.timeout(init.signal_ms) } : init);
    return { status: response.status, url: response.url, redirected: response.redirected, ok: response.ok,
      headers: [...response.headers], text: await response.text() };
  }
  async fault(url, init) { try { await this.ask(url, init); } catch ({ name, code, message, hint }) { return { name, code, message, hint }; } }
  async pieces(url) {
    const seen = [];
    for await (const piece of (await fetch(url)).body.pipeThrough(new TextDecoderStream())) { seen.push(piece); await fetch(url + "?heard"); }
    return seen;
  }
  async upload(url, pieces) {
    const pull = (controller) => pieces-- > 0 ? controller.enqueue(new TextEncoder().encode("x".repeat(100000))) : controller.close();
    return (await fetch(url, { method: "POST", body: new ReadableStream({ pull }), duplex: "half" })).text();
  }
  async request(url, text) { return (await fetch(new Request(url, { method: "PUT", body: text, headers: { "x-a": "b" } }))).text(); }
  async cancelled(url) { const response = await fetch(url); await response.body.getReader().cancel(); return response.status; }
  async aborted(url) {
    const controller = new AbortController();
    const response = await fetch(url, { signal: controller.signal });
    const reading = response.text();
    controller.abort(new Error("enough"));
    return await reading.catch((error) => error.message);
  }
  secret(name) { return this.kernel.secret(name); }
  async serves(url) { return this.kernel.getApi("deputy").ask(url); }
}`;

const config = (net: readonly string[], more = "") => `prog: asks\ngrants:\n  net: ${JSON.stringify(net)}\n${more}`;

interface Got {
  readonly status: number;
  readonly url: string;
  readonly redirected: boolean;
  readonly ok: boolean;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

Deno.test("a module fetches with its grants, streams both ways and gives up; its secrets are added outside of it", async (t) => {
  const { promise: goes_on, resolve: goOn } = Promise.withResolvers<void>();
  await using server = serve(async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname === "/stream") {
      if (search !== "") {
        goOn();
        return new Response("");
      }
      return new Response(
        new ReadableStream<Uint8Array<ArrayBuffer>>({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode("one"));
            await goes_on; // only who has read the first piece sets this free
            controller.enqueue(new TextEncoder().encode("two"));
            controller.close();
          },
        }),
      );
    }
    if (pathname === "/moved") return new Response(null, { status: 308, headers: { location: "/echo?moved" } });
    const body = await request.text();
    return Response.json({
      method: request.method,
      body: body.length > 100 ? body.length : body,
      headers: Object.fromEntries(request.headers),
    });
  });
  await using safe = serve((request) => new Response(`safe ${request.headers.get("x-key")}`), TLS);
  await using silent = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, "HTTP/1.1 200 OK\n\nx");
    await connection.read(new Uint8Array(1));
  });
  const secrets = `  secrets: [{env: FLOW_KEY, host: localhost, header: X-Key}, FLOW_PLAIN]\n`;
  const net = [server.at, `localhost:${safe.port}`, silent.at];
  await using host = await RunningHost.start({
    "plugins/asks.js": ASKS,
    "configs/asks.yml": config(net, secrets),
    "configs/bare.yml": "prog: asks\ngrants: {services: [http]}\n",
    "configs/services/http.yml": `${SHIPPED}ca: |\n${TLS.authority.replace(/^/gm, "  ")}\n`,
  }, { env: { FLOW_KEY: "key-0123456789", FLOW_PLAIN: "plain-0123456789", FLOW_OTHER: "other-0123456789" } });
  const ask = (url: string, init: unknown = {}) => host.call<Got>("asks", "ask", url, init);

  await t.step("the http service has no process until somebody fetches", async () => {
    const { state, pid } = (await host.module("http"))!;
    assert.deepEqual([state, pid], ["sleeping", null]);
    assert.equal(await host.call("asks", "has"), "function");
    assert.equal(await host.call("bare", "has"), "undefined");
  });

  await t.step("an answer is a Response", async () => {
    const answer = await ask(`http://${server.at}/moved`, { method: "POST", body: "hello", headers: { "x-a": "ä" } });
    assert.deepEqual([answer.status, answer.ok, answer.redirected, answer.url], [
      200,
      true,
      true,
      `http://${server.at}/echo?moved`,
    ]);
    const { method, body, headers } = JSON.parse(answer.text);
    assert.deepEqual([method, body, headers["content-length"], headers["content-type"]], [
      "POST",
      "hello",
      "5",
      "text/plain;charset=UTF-8",
    ]);
    const { body: put, headers: of_request } = JSON.parse(
      await host.call("asks", "request", `http://${server.at}/`, "text"),
    );
    assert.deepEqual([put, of_request["x-a"], of_request["content-length"]], ["text", "b", "4"]);
  });

  await t.step("bodies are streamed: the second piece is made when the first one has been read", async () => {
    assert.deepEqual(await host.call("asks", "pieces", `http://${server.at}/stream`), ["one", "two"]);
    assert.equal(JSON.parse(await host.call<string>("asks", "upload", `http://${server.at}/`, 120)).body, 12_000_000);
  });

  await t.step("who cancels, aborts or runs out of time ends the connection", async () => {
    assert.equal(await host.call("asks", "cancelled", `http://${silent.at}/`), 200);
    assert.equal(await host.call("asks", "aborted", `http://${silent.at}/`), "enough");
    assert.equal(
      (await host.call<{ name: string }>("asks", "fault", `http://${silent.at}/`, { signal_ms: 200 })).name,
      "TimeoutError",
    );
    await until(() => silent.open.size === 0, 10_000, () => `${silent.open.size} connections stayed open`);
  });

  await t.step("a bound secret goes to its host over TLS, a plain one to the module that was granted it", async () => {
    assert.equal((await ask(`https://localhost:${safe.port}/`)).text, "safe **************");
    assert.equal(JSON.parse((await ask(`http://${server.at}/`)).text).headers["x-key"], undefined);
    assert.equal(await host.call("asks", "secret", "FLOW_PLAIN"), "plain-0123456789");
    for (const name of ["FLOW_KEY", "FLOW_OTHER", "PATH"]) {
      assert.match((await host.fault("call", "asks", "secret", name)).message, /^'asks' may not use secret/);
    }
    assert.match((await host.fault("call", "bare", "secret", "FLOW_PLAIN")).message, /^'bare' may not use secret/);
  });

  await t.step("what was not granted is refused with what to add", async () => {
    const { code, message, hint } = await host.call<{ code: string; message: string; hint: string }>(
      "asks",
      "fault",
      "https://other.example/",
    );
    assert.deepEqual([code, message, hint], [
      ...[
        "denied",
        "'asks' may not reach other.example:443",
        'add to configs/asks.yml: grants: {net: ["other.example:443"]}',
      ],
    ]);
    const operator = await host.fault("call", "http", "fetch", `{"url": "http://${server.at}/"}`);
    assert.deepEqual([operator.code, operator.hint], [
      "denied",
      "the operator has no grants.net: call a module that has",
    ]);
  });

  await t.step("nothing of this went wrong within the service", async () => {
    const { error_count, restarts, faults } = (await host.module("http"))!;
    assert.deepEqual([error_count, restarts, faults > 0], [0, 0, true]);
  });

  await t.step("a grant that is taken away is gone with the next request", async () => {
    await host.write({ "configs/asks.yml": config([`localhost:${safe.port}`], secrets) });
    await until(
      async () =>
        (await host.call<{ code?: string } | null>("asks", "fault", `http://${server.at}/`))?.code === "denied",
      10_000,
      () => "it may still",
    );
    assert.equal((await ask(`https://localhost:${safe.port}/`)).status, 200);
  });

  await t.step("a kernel that crashed knows again whom the service may serve", async () => {
    const { kernel } = await host.status();
    const { pid } = (await host.module("http"))!;
    Deno.kill(kernel.pid, "SIGKILL");
    await until(
      async () => (await host.status().catch(() => undefined))?.kernel.pid !== kernel.pid,
      20_000,
      () => "no kernel",
    );
    assert.equal((await ask(`https://localhost:${safe.port}/`)).text, "safe **************");
    assert.equal((await host.module("http"))!.pid, pid, "the service was not started again");
  });

  await t.step("a kernel that takes over knows it too, and no request is lost on the way", async () => {
    const before = (await host.status()).kernel.config;
    const fetched = new Set<string>();
    let swapped = false;
    const fetching = (async () => {
      while (!swapped) fetched.add((await ask(`https://localhost:${safe.port}/`)).text);
    })();
    await host.write({ "configs/meta-v2.yml": "prog: kernel\n" });
    await until(
      async () => (await host.status().catch(() => undefined))?.kernel.config !== before,
      20_000,
      () => "no other kernel took over",
    );
    swapped = true;
    await fetching;
    fetched.add((await ask(`https://localhost:${safe.port}/`)).text);
    assert.deepEqual([...fetched], ["safe **************"]);
  });

  await t.step("no log, event, status or error has seen a secret", async () => {
    const files = [`${host.home}/runtime/logs`].flatMap((folder) =>
      [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`)
    );
    const all = [
      host.stderr,
      JSON.stringify(await host.status()),
      JSON.stringify(await host.events()),
      ...files.map((file) => Deno.readTextFileSync(file)),
    ];
    for (const text of all) assert.doesNotMatch(text, /0123456789/);
    assert.ok(files.length > 0);
  });
});
