import assert from "node:assert/strict";
import { GLOBAL_NAMES } from "../../../kernel/guest/worker/global_names.ts";
import { PRELUDE, WALK } from "./walk.ts";
import { payloadOf, reply, startWorker } from "./start_worker.ts";

Deno.test("config is the frozen map with get", async () => {
  await using worker = await startWorker(
    `export class Module {
    constructor(kernel, config) { this.config = config; }
    go() {
      const c = this.config; let frozen = 0;
      for (const act of [() => { c.a = 2; }, () => { c.list.push(1); }, () => { c.map.x = 1; }]) try { act(); } catch { frozen++; }
      return { a: c.a, geta: c.get("a", 9), none: c.get("none", 9), bare: c.get("none"), nil: c.get("nil", 9), own: c.get("get"), kind: typeof c.get, constructor: c.get("constructor", "x"), toString: c.get("toString", "x"), keys: Object.keys(c), frozen };
    }
  }`,
    { own: { a: 1, list: [1], map: { x: 0 }, nil: null, get: "mine" } },
  );
  assert.deepEqual(await worker.value("go"), {
    ...{
      a: 1,
      geta: 1,
      none: 9,
      bare: undefined,
      nil: null,
      own: "mine",
      kind: "function",
      constructor: "x",
      toString: "x",
    },
    ...{ keys: ["a", "list", "map", "nil"], frozen: 3 },
  });
});

Deno.test("console writes the module's log by level, bounded, without running code of the values", async () => {
  await using worker = await startWorker(`export class Module {
    go() {
      console.log("a", 1, { b: [true, null, undefined, 2n] }, new Map([[1, { c: "x" }]]), new Set([1]), Symbol("s"), () => 1);
      console.debug("d"); console.info("i"); console.warn("w"); console.error(new TypeError("e")); console.assert(1 === 2, "one"); console.assert(true);
      console.log({ toString() { throw 1; }, toJSON() { throw 2; }, get bad() { throw 3; }, [Symbol.for("Deno.customInspect")]() { throw 4; } });
      console.log(new Proxy({}, { ownKeys() { throw 5; }, getPrototypeOf() { throw 6; } }));
      console.log("x".repeat(100_000));
      const loop = {}; loop.self = loop; console.log(loop, new Date(NaN), new Uint8Array(3), Array(1000).fill(1));
    }
  }`);
  await worker.value("go");
  const lines = worker.heard.filter((m) => m.t === "log");
  assert.deepEqual(lines.slice(0, 4).map(({ level, text }) => [level, text]), [
    ["INFO", 'a 1 { b: [true, null, undefined, 2n] } Map(1) {1 => { c: "x" }} Set(1) {1} Symbol(s) [Function]'],
    ["DEBUG", "d"],
    ["INFO", "i"],
    ["WARNING", "w"],
  ]);
  assert.equal(lines[4]!.level, "ERROR");
  assert.match(lines[4]!.text, /^TypeError: e\n\s+at Module\.go/);
  assert.equal(lines[5]!.text, "Assertion failed: one");
  assert.equal(lines[6]!.text, "{ toString: [Function], toJSON: [Function], bad: undefined }");
  assert.equal(lines[7]!.text, "[unreadable]");
  assert.ok(lines[8]!.text.length <= 8_193);
  assert.ok(lines[9]!.text.length <= 8_193);
});

Deno.test("lines beyond limits.log_lines_per_s are left out, and counted for the shell", async () => {
  await using worker = await startWorker(
    `export class Module { go(n) { for (let i = 0; i < n; i++) console.log(i); } }`,
    { limits: { log_lines_per_s: 5 } },
  );
  await worker.value("go", [100]);
  await new Promise((done) => setTimeout(done, 1_050));
  await worker.value("go", [1]);
  const lines = worker.heard.filter((m) => m.t === "log").map(({ text }) => text);
  const left_out = worker.heard.filter((m) => m.t === "dropped").reduce((sum, { lines }) => sum + lines, 0);
  assert.ok(left_out >= 90 && lines.length <= 11, lines.join());
  assert.equal(left_out + lines.length, 101);
});

Deno.test("fetch is a call to the service http", async () => {
  await using worker = await startWorker(
    `export class Module {
    async get() { const r = await fetch("https://example.com/a?b=1", { method: "POST", headers: { "X-A": "1" }, body: "hi" }); return { status: r.status, ok: r.ok, url: r.url, type: r.headers.get("content-type"), text: await r.text() }; }
    async fail() { try { await fetch("https://example.com/"); } catch (e) { return [e.code, e.message]; } }
    async abort() { try { await fetch("https://example.com/", { signal: AbortSignal.timeout(20) }); } catch (e) { return e.name; } }
  }`,
    { fetch: true },
  );
  worker.onCall = (call, args) => {
    const [{ headers, body, ...rest }] = args as [Record<string, unknown>];
    assert.deepEqual([call.api, call.aspect, call.name, rest], ["http", "default", "fetch", {
      url: "https://example.com/a?b=1",
      method: "POST",
      redirect: "follow",
    }]);
    assert.deepEqual((headers as string[][]).find(([name]) => name === "x-a"), ["x-a", "1"]);
    assert.equal(new TextDecoder().decode(body as Uint8Array), "hi");
    return reply(call, {
      url: "https://example.com/b",
      status: 201,
      status_text: "Made",
      headers: [["content-type", "text/x"]],
      body: new TextEncoder().encode("there"),
    });
  };
  assert.deepEqual(await worker.value("get"), {
    status: 201,
    ok: true,
    url: "https://example.com/b",
    type: "text/x",
    text: "there",
  });
  worker.onCall = (call) => {
    const fault = {
      code: "service_down",
      message: "Service 'http' is not active or failed to load.",
      hint: "",
      retriable: true,
      maybe_ran: false,
    };
    return { t: "reply", id: call.id, ok: false, live: false, code: "service_down", payload: payloadOf(fault) };
  };
  assert.deepEqual(await worker.value("fail"), ["service_down", "Service 'http' is not active or failed to load."]);
  worker.onCall = () => undefined;
  const cancelled = worker.next("cancel");
  assert.equal(await worker.value("abort"), "TimeoutError");
  await cancelled;
});

Deno.test("granted packages are importable by name, others are not", async () => {
  const { LIBRARIES } = await import("../../../libs/mod.ts");
  const libraries = [["zod", await LIBRARIES["zod"]!()], ["yaml", await LIBRARIES["yaml"]!()], [
    "kysely",
    await LIBRARIES["kysely"]!(),
  ]] as const;
  await using worker = await startWorker(
    `import { z } from "zod"; import { parse } from "yaml"; import { sql } from "kysely";
    export class Module { go() { return [z.object({ a: z.number() }).parse({ a: 1 }), parse("b: [1, 2]"), typeof sql]; } }`,
    { libraries },
  );
  assert.deepEqual(await worker.value("go"), [{ a: 1 }, { b: [1, 2] }, "function"]);
});

Deno.test("openai is loaded behind the lockdown, adds no global, and through a client with a fetch of its own nothing more is reached", async () => {
  const { LIBRARIES } = await import("../../../libs/mod.ts");
  await using worker = await startWorker(
    `import * as library from "openai";
    ${WALK}
    export class Module {
      names() { return Object.getOwnPropertyNames(globalThis).sort(); }
      walk() {
        const client = new library.OpenAI({ apiKey: "k", baseURL: "http://127.0.0.1:1/v1", fetch: () => {} });
        return walk({ library, client, completions: client.chat.completions, models: client.models });
      }
    }`,
    { prelude: PRELUDE, libraries: [["openai", await LIBRARIES["openai"]!()]] },
  );
  assert.deepEqual(await worker.value("names"), [...GLOBAL_NAMES].sort());
  const { hits, seen } = await worker.value("walk") as { hits: string[]; seen: number };
  assert.deepEqual(hits, []);
  assert.ok(seen > 1_000, `only ${seen} objects were seen`);
});

Deno.test("the web's classes of the list work after the lockdown", async () => {
  await using worker = await startWorker(`export class Module {
    async go() {
      const gz = new Response(new Blob(["hello"]).stream().pipeThrough(new CompressionStream("gzip")));
      const back = await new Response((await gz.blob()).stream().pipeThrough(new DecompressionStream("gzip"))).text();
      const form = new FormData(); form.set("f", new Blob(["x"]), "n.txt");
      const c = new AbortController(); let aborted = 0; c.signal.addEventListener("abort", () => aborted++); c.abort();
      const t = new EventTarget(); let custom; t.addEventListener("x", (e) => { custom = e.detail; }); t.dispatchEvent(new CustomEvent("x", { detail: 5 }));
      let dom; try { atob("*"); } catch (e) { dom = e instanceof DOMException; }
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("a"))).length;
      return [back, form.get("f").name, aborted, custom, dom, digest, crypto.randomUUID().length, structuredClone({ a: [1] }), new URL("x", "http://h/").href,
        new Intl.NumberFormat("en").format(1234.5), (() => {}) instanceof Function, new Headers({ a: "b" }).get("a"), await new Request("http://h/", { method: "POST", body: "b" }).text()];
    }
  }`);
  assert.deepEqual(await worker.value("go"), [
    "hello",
    "n.txt",
    1,
    5,
    true,
    32,
    36,
    { a: [1] },
    "http://h/x",
    "1,234.5",
    true,
    "b",
    "b",
  ]);
});
