/** Each bound of the web module at its last allowed and its first refused value, over real HTTP. */
import assert from "node:assert/strict";
import { refusedAs, sayRaw, serveWeb, tokenFor, writeAll } from "./with_web.ts";

const NOTES = { notes: { echo: (text: string) => text.length, size: (size: number) => "x".repeat(size) } };
const bodyOfBytes = (bytes: number) => {
  const empty = JSON.stringify({ api: "notes", method: "echo", args: [""] });
  return JSON.stringify({ api: "notes", method: "echo", args: ["x".repeat(bytes - empty.length)] });
};
/** A service whose answers the test gives. */
function heldService() {
  const waiting: (() => void)[] = [];
  let seen = Promise.withResolvers<void>();
  return {
    service: {
      wait: () =>
        new Promise<void>((resolve) => {
          waiting.push(resolve);
          seen.resolve();
        }),
    },
    async asked(count: number) {
      while (waiting.length < count) {
        await seen.promise;
        seen = Promise.withResolvers();
      }
    },
    release: () => waiting.splice(0).forEach((go) => go()),
  };
}
const WAIT = { api: "held", method: "wait" };

Deno.test("a body of body_bytes is taken, one of a byte more is not, told or untold", async () => {
  await using web = serveWeb({ own: { body_bytes: 1_000 }, services: NOTES });
  assert.equal((await web.post("kitchen", "/api/call", bodyOfBytes(1_000))).status, 200);
  const { code, message } = await refusedAs(await web.post("kitchen", "/api/call", bodyOfBytes(1_001)), 413);
  assert.deepEqual([code, message], ["too_large", "the body has more than 1000 bytes"]);
  const chunked = (bytes: number) => new Blob([bodyOfBytes(bytes)]).stream();
  assert.equal((await web.post("kitchen", "/api/call", "", { body: chunked(1_000) })).status, 200);
  await refusedAs(await web.post("kitchen", "/api/call", "", { body: chunked(1_001) }), 413);
});

Deno.test("a body that says it is large is refused before it is sent", async () => {
  await using web = serveWeb({ own: { body_bytes: 1_000 }, services: NOTES });
  const head = `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nAuthorization: Bearer ${
    tokenFor("kitchen")
  }\r\n`;
  assert.equal((await sayRaw(web.port, `${head}Content-Length: 1001\r\n\r\n`)).status, 413);
  assert.equal((await sayRaw(web.port, `${head}Content-Length: 99999999999999999999\r\n\r\n`)).status, 400);
});

Deno.test("a body that trickles is given up after body_ms, one that is whole before is not", async () => {
  await using web = serveWeb({ own: { body_ms: 400 }, services: NOTES });
  const send = async (pause: number) => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: web.port });
    const [body, at] = [bodyOfBytes(100), 50];
    const head = `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nAuthorization: Bearer ${
      tokenFor("kitchen")
    }\r\nContent-Length: 100\r\n\r\n`;
    await writeAll(connection, new TextEncoder().encode(head + body.slice(0, at)));
    await new Promise((resolve) => setTimeout(resolve, pause));
    await writeAll(connection, new TextEncoder().encode(body.slice(at))).catch(() => {});
    const buffer = new Uint8Array(1_000);
    const read = await connection.read(buffer).catch(() => null);
    return new TextDecoder().decode(buffer.subarray(0, read ?? 0)).slice(9, 12);
  };
  assert.equal(await send(50), "200");
  assert.equal(await send(800), "408");
});

Deno.test("bodies that together would fill the memory are not let in at once", async () => {
  await using web = serveWeb({ own: { body_bytes: 1_000, body_ms: 5_000 }, services: NOTES });
  const head = `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nAuthorization: Bearer ${
    tokenFor("kitchen")
  }\r\nContent-Length: 1000\r\n\r\n`;
  const open = await Promise.all(Array.from({ length: 8 }, async () => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: web.port });
    await writeAll(connection, new TextEncoder().encode(head));
    return connection;
  }));
  while (web.signals.length < 8) await new Promise((resolve) => setTimeout(resolve, 5));
  const { message } = await refusedAs(await web.post("cellar", "/api/call", bodyOfBytes(100)), 503);
  assert.equal(message, "too many large requests are under way");
  open.forEach((connection) => connection.close());
  while (web.signals.slice(0, 8).some(({ aborted }) => !aborted)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal((await web.post("cellar", "/api/call", bodyOfBytes(1_000))).status, 200);
});

Deno.test("a principal has its requests of a minute, the next one waits, and others are none the poorer", async () => {
  await using web = serveWeb({ own: { requests_per_minute: 5 }, services: NOTES });
  for (let i = 0; i < 5; i++) assert.equal((await web.as("kitchen", "/api/tools")).status, 200);
  const sixth = await web.as("kitchen", "/api/tools");
  assert.equal(sixth.headers.get("retry-after"), "12");
  assert.equal((await refusedAs(sixth, 429)).message, "'kitchen' has sent its 5 requests of this minute");
  assert.equal((await web.as("cellar", "/api/tools")).status, 200);
  web.clock = 11_999;
  assert.equal((await web.as("kitchen", "/api/tools")).status, 429);
  web.clock = 12_000;
  assert.equal((await web.as("kitchen", "/api/tools")).status, 200);
});

Deno.test("a principal has at_once_per_principal requests under way, all together at_once", async () => {
  const held = heldService();
  await using web = serveWeb({ own: { at_once: 3, at_once_per_principal: 2 }, services: { held: held.service } });
  const first = [web.post("kitchen", "/api/call", WAIT), web.post("kitchen", "/api/call", WAIT)];
  await held.asked(2);
  const third = await refusedAs(await web.post("kitchen", "/api/call", WAIT), 429);
  assert.equal(third.message, "'kitchen' has 2 requests under way");
  const other = web.post("cellar", "/api/call", WAIT);
  await held.asked(3);
  const fourth = await web.post("watcher", "/api/call", WAIT);
  assert.equal(fourth.headers.get("retry-after"), "1");
  assert.equal((await refusedAs(fourth, 503)).message, "3 requests are under way");
  assert.equal((await fetch(`${web.base}/healthz`)).status, 200, "it is alive all the same");
  assert.equal((await fetch(`${web.base}/api/tools`)).status, 503, "a stranger takes no place that there is not");
  held.release();
  for (const response of [...first, other]) assert.equal((await response).status, 200);
  assert.equal((await web.as("kitchen", "/api/tools")).status, 200);
});

Deno.test("streams have places of their own, which go with their end, however it comes", async () => {
  const events = () => ({
    async *[Symbol.asyncIterator]() {
      yield { time: "t", kind: "module.ready" };
      await new Promise(() => {});
    },
  });
  await using web = serveWeb({ own: { streams: 3, streams_per_principal: 2 }, kernel: { events } });
  const open = async (who: string) => {
    const gone = new AbortController();
    const response = await web.as(who, "/api/events", { signal: gone.signal });
    return { response, close: () => gone.abort() };
  };
  const first = await open("kitchen");
  const second = await open("kitchen");
  assert.deepEqual([first.response.status, second.response.status], [200, 200]);
  assert.equal((await refusedAs((await open("kitchen")).response, 429)).message, "'kitchen' has 2 streams open");
  const third = await open("cellar");
  assert.equal((await refusedAs((await open("cellar")).response, 503)).message, "3 streams are open");
  first.close();
  while (!web.signals[0]!.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
  const again = await open("cellar");
  assert.equal(again.response.status, 200);
  for (const { close } of [second, third, again]) close();
});

Deno.test("an answer that does not come within answer_ms is given up, and the call behind it with it", async () => {
  let aborted = false;
  const slow = {
    wait: (ms: number, signal: AbortSignal) => {
      signal.addEventListener("abort", () => aborted = true);
      return new Promise((resolve) => setTimeout(() => resolve(ms), ms));
    },
  };
  await using web = serveWeb({ own: { answer_ms: 300 }, services: { slow } });
  assert.equal((await web.post("kitchen", "/api/call", { api: "slow", method: "wait", args: [20] })).status, 200);
  const { code, message } = await refusedAs(
    await web.post("kitchen", "/api/call", { api: "slow", method: "wait", args: [900] }),
    504,
  );
  assert.deepEqual([code, message, aborted], ["timeout", "there was no answer within 300 ms", true]);
  await new Promise((resolve) => setTimeout(resolve, 700));
});

Deno.test("a stream that has begun may last longer than answer_ms, and a silent one gives signs of life", async () => {
  const events = () => ({
    async *[Symbol.asyncIterator]() {
      await new Promise((resolve) => setTimeout(resolve, 700));
      yield { time: "t", kind: "module.ready", api: "notes" };
    },
  });
  await using web = serveWeb({ own: { answer_ms: 300, heartbeat_ms: 100 }, kernel: { events } });
  const text = await (await web.as("kitchen", "/api/events")).text();
  assert.match(
    text,
    /^(: still there\n\n){3,}event: module\.ready\ndata: \{"time":"t","kind":"module\.ready","api":"notes"\}\n\n$/,
  );
});

Deno.test("a client that takes nothing for stall_ms loses its stream, one that takes it slowly does not", async () => {
  let ended = 0;
  const events = () => ({
    async *[Symbol.asyncIterator]() {
      try {
        for (let i = 0;; i++) yield { time: "t", kind: "module.ready", message: "x".repeat(100_000) };
      } finally {
        ended++;
      }
    },
  });
  await using web = serveWeb({ own: { stall_ms: 400, streams_per_principal: 1 }, kernel: { events } });
  using idle = await Deno.connect({ hostname: "127.0.0.1", port: web.port });
  const head = `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nAuthorization: Bearer ${
    tokenFor("kitchen")
  }\r\n\r\n`;
  await writeAll(idle, new TextEncoder().encode(head));
  const started = performance.now();
  while (ended === 0 && performance.now() - started < 5_000) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(ended, 1);
  // Its place is free again; this one takes a little now and then.
  using slow = await Deno.connect({ hostname: "127.0.0.1", port: web.port });
  await writeAll(slow, new TextEncoder().encode(head));
  const buffer = new Uint8Array(65_536);
  for (let i = 0; i < 15; i++) {
    for (let taken = 0; taken < 1_000_000;) taken += (await slow.read(buffer))!;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  assert.equal(ended, 1);
});

Deno.test("a large answer goes out at its reader's pace, and ends with it", async () => {
  await using web = serveWeb({ services: NOTES });
  for (const size of [65_000, 5_000_000]) {
    const { result } = await (await web.post("kitchen", "/api/call", { api: "notes", method: "size", args: [size] }))
      .json();
    assert.equal(result.length, size);
  }
});
