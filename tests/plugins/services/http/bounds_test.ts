/** Servers that never come to an end, and callers that ask for too much. */
import assert from "node:assert/strict";
import { Places } from "../../../../plugins/services/http/places.ts";
import { faultOf } from "../../scripted_kernel.ts";
import { until } from "../../../flows/running_host.ts";
import { hear, httpFor, say, serve, serveBytes, textOf } from "./with_http.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("a server that says nothing is given up after idle_ms, one that trickles a head after answer_ms", async () => {
  await using silent = serveBytes(async (connection) => {
    await hear(connection);
    await connection.read(new Uint8Array(1));
  });
  await using slow = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, "HTTP/1.1 200 OK\n");
    while (true) {
      await say(connection, "A: b\n");
      await pause(20);
    }
  });
  const idle = httpFor({ net: [silent.at], own: { idle_ms: 100 } });
  assert.equal(
    (await faultOf(() => idle.ask(`http://${silent.at}/`))).message,
    "127.0.0.1 has sent nothing for 100 ms",
  );
  const trickle = httpFor({ net: [slow.at], own: { idle_ms: 5_000, answer_ms: 300 } });
  const { message, retriable } = await faultOf(() => trickle.ask(`http://${slow.at}/`));
  assert.deepEqual([message, retriable], [`${slow.at} did not begin to answer within 300 ms`, true]);
  for (const { open } of [silent, slow]) await until(() => open.size === 0, 10_000, () => "the connection stayed open");
});

Deno.test("a name that nobody answers for is given up after connect_ms, and by a caller that gives up", async () => {
  const never = { net: ["a.example:80"], names: () => new Promise<never>(() => {}) };
  const { ask, connected } = httpFor({ ...never, own: { connect_ms: 100 } });
  assert.equal((await faultOf(() => ask("http://a.example/"))).message, "a.example:80 did not answer within 100 ms");
  const given_up = new AbortController();
  const patient = httpFor(never);
  const failing = faultOf(() => patient.ask("http://a.example/", given_up.signal));
  await until(() => patient.looked_up.length === 1, 10_000, () => "nobody was asked");
  given_up.abort();
  assert.equal((await failing).message, "the caller gave the request up");
  assert.deepEqual(connected, []);
});

Deno.test("a body that falls silent is given up after idle_ms, one that trickles for ever after request_ms", async () => {
  await using server = serveBytes(async (connection) => {
    const head = await hear(connection);
    await say(connection, "HTTP/1.1 200 OK\n\n");
    while (true) {
      await say(connection, "x");
      await (head.includes("/silent") ? connection.read(new Uint8Array(1)) : pause(20));
    }
  });
  const idle = httpFor({ net: [server.at], own: { idle_ms: 100 } });
  const silent = await idle.ask(`http://${server.at}/silent`);
  assert.equal((await faultOf(() => textOf(silent))).message, "127.0.0.1 has sent nothing for 100 ms");
  const total = httpFor({ net: [server.at], own: { idle_ms: 5_000, request_ms: 300 } });
  const trickling = await total.ask(`http://${server.at}/`);
  assert.equal((await faultOf(() => textOf(trickling))).message, `${server.at} did not come to an end within 300 ms`);
  await until(() => server.open.size === 0, 10_000, () => "the connection stayed open");
});

Deno.test("a server that takes nothing is given up after idle_ms", async () => {
  await using server = serveBytes(() => pause(60_000).then(() => {}));
  const { ask } = httpFor({ net: [server.at], own: { idle_ms: 200 } });
  const { message } = await faultOf(() =>
    ask({ url: `http://${server.at}/`, method: "POST", body: new Uint8Array(64 * 1_048_576) })
  );
  assert.match(message, /^127\.0\.0\.1 has (?:taken|sent) nothing for 200 ms$/);
});

Deno.test("an answer of response_bytes is read to its end, one byte more is refused, packed or not", async () => {
  const pack = (bytes: number) => new Blob(["x".repeat(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  await using server = serve((request) => {
    const [, how, bytes] = new URL(request.url).pathname.split("/");
    return how === "plain"
      ? new Response("x".repeat(Number(bytes)))
      : new Response(pack(Number(bytes)), { headers: { "content-encoding": "gzip" } });
  });
  const { ask } = httpFor({ net: [server.at], own: { response_bytes: 100_000 } });
  for (const how of ["plain", "packed"]) {
    assert.equal((await textOf(await ask(`http://${server.at}/${how}/100000`))).length, 100_000);
    const { code, message } = await faultOf(async () => textOf(await ask(`http://${server.at}/${how}/100001`)));
    assert.deepEqual([code, message], ["too_large", "the answer is more than 100000 bytes"]);
  }
});

Deno.test("a request of request_bytes is sent, one byte more is refused, and its stream is told to stop", async () => {
  await using server = serve(async (request) => new Response(String((await request.arrayBuffer()).byteLength)));
  const { ask } = httpFor({ net: [server.at], own: { request_bytes: 10 } });
  const post = async (body: Uint8Array | AsyncIterable<Uint8Array>) =>
    textOf(await ask({ url: `http://${server.at}/`, method: "POST", body }));
  assert.equal(await post(new Uint8Array(10)), "10");
  assert.equal((await faultOf(() => post(new Uint8Array(11)))).code, "too_large");
  let stopped = false;
  async function* endless() {
    try {
      while (true) yield await Promise.resolve(new Uint8Array(4));
    } finally {
      stopped = true;
    }
  }
  assert.equal((await faultOf(() => post(endless()))).code, "too_large");
  await until(() => stopped, 10_000, () => "the stream goes on");
});

Deno.test("what the body's giver throws is what is told, and what is no bytes is refused", async () => {
  await using server = serve(async (request) => new Response(String((await request.arrayBuffer()).byteLength)));
  const { ask } = httpFor({ net: [server.at] });
  async function* broken() {
    yield await Promise.resolve(new Uint8Array(4));
    throw new Error("no more");
  }
  const post = (body: AsyncIterable<Uint8Array>) => ask({ url: `http://${server.at}/`, method: "POST", body });
  assert.equal((await faultOf(() => post(broken()))).message, "no more");
  async function* words() {
    yield await Promise.resolve("text" as unknown as Uint8Array);
  }
  assert.equal((await faultOf(() => post(words()))).code, "invalid_argument");
});

Deno.test("a caller has its places and no more, and gets each back however its request ends", async () => {
  await using server = serve((request) =>
    new Response(new URL(request.url).pathname === "/empty" ? null : "x".repeat(100_000))
  );
  const { ask } = httpFor({ net: [server.at, "127.0.0.1:1"], own: { connections_per_caller: 2 } });
  const url = `http://${server.at}/`;
  const [one, two] = [await ask(url), await ask(url)];
  const { code, message } = await faultOf(() => ask(url));
  assert.deepEqual([code, message], ["rate_limited", "'m' has 2 requests open; 2 may be"]);
  await textOf(one);
  await two.body!.return!();
  const turns: (() => Promise<unknown>)[] = [
    () => faultOf(() => ask("http://127.0.0.1:1/")),
    () => faultOf(() => ask("http://elsewhere.example/")),
    () => ask({ url, method: "HEAD" }),
    async () => (await ask(`${url}empty`)).body?.return?.(),
    async () => textOf(await ask(url)),
  ];
  for (const turn of [...turns, ...turns, ...turns]) await turn();
  const crowd = httpFor({ net: [server.at], own: { connections: 1 } });
  const open = await crowd.ask(url);
  assert.equal((await faultOf(() => crowd.ask(url))).message, "1 requests are open; 1 may be");
  await open.body!.return!();
});

Deno.test("bounds that are no positive numbers, and a ca that is no certificate, are refused by name", () => {
  for (
    const own of [{ connections: 0 }, { idle_ms: "1" }, { redirects: -1 }, { answer_ms: 1.5 }, { ca: "no" }, { ca: 5 }]
  ) {
    assert.throws(() => httpFor({ net: [], own }), new RegExp(`^TypeError: ${Object.keys(own)[0]} is `));
  }
});

Deno.test("a place that is given back twice is given back once", () => {
  const places = new Places({ connections: 2, connections_per_caller: 1 });
  const [first, second] = [places.take("a"), places.take("b")];
  first();
  first();
  places.take("a");
  assert.throws(() => places.take("a"), /'a' has 1 requests open; 1 may be/);
  assert.throws(() => places.take("c"), /2 requests are open; 2 may be/);
  second();
  places.take("c");
});
