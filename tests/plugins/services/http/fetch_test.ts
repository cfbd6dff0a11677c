import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { until } from "../../../flows/running_host.ts";
import { headerOf, hear, httpFor, say, serve, serveBytes, textOf, TLS } from "./with_http.ts";

Deno.test("a request arrives as it was asked, and its answer comes back", async () => {
  await using server = serve(async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    return Response.json({
      path: new URL(request.url).pathname,
      method: request.method,
      x: request.headers.get("x"),
      length: request.headers.get("content-length"),
      body: body.length,
    }, { status: 201, headers: [["set-cookie", "a=b"], ["set-cookie", "c=d"]] });
  });
  const { ask } = httpFor({ net: [server.at] });
  const answer = await ask({
    url: `http://${server.at}/p?q`,
    method: "PUT",
    headers: [["X", "y"]],
    body: new Uint8Array(200_000),
  });
  assert.deepEqual([answer.status, answer.status_text, answer.url, answer.redirected], [
    201,
    "Created",
    `http://${server.at}/p?q`,
    false,
  ]);
  assert.deepEqual(answer.headers.filter(([name]) => name === "set-cookie").map(([, value]) => value), ["a=b", "c=d"]);
  assert.deepEqual(JSON.parse(await textOf(answer)), {
    path: "/p",
    method: "PUT",
    x: "y",
    length: "200000",
    body: 200_000,
  });
});

Deno.test("packed answers come unpacked, and say no longer that they are packed", async () => {
  await using server = serve(() =>
    new Response("hello ".repeat(10_000), { headers: { "content-type": "text/plain" } })
  );
  await using packs = serve(() =>
    new Response(new Blob(["hello ".repeat(10_000)]).stream().pipeThrough(new CompressionStream("gzip")), {
      headers: { "content-encoding": "gzip" },
    })
  );
  const { ask } = httpFor({ net: [server.at, packs.at] });
  for (const { at } of [server, packs]) {
    const answer = await ask(`http://${at}/`);
    assert.equal(await textOf(answer), "hello ".repeat(10_000));
    assert.equal(headerOf(answer, "content-encoding"), undefined);
  }
});

Deno.test("a body is streamed out as it comes, and an answer in while it is still being made", async () => {
  const { promise: heard_first, resolve: first } = Promise.withResolvers<string>();
  await using server = serve((request) => {
    const echo = request.body!.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(piece, controller) {
          first(new TextDecoder().decode(piece));
          controller.enqueue(piece);
        },
      }),
    );
    return new Response(echo);
  });
  const { ask } = httpFor({ net: [server.at] });
  const { promise: may_go_on, resolve: goOn } = Promise.withResolvers<void>();
  async function* body() {
    yield new TextEncoder().encode("first");
    await may_go_on;
    yield new TextEncoder().encode(" second");
  }
  const answer = await ask({ url: `http://${server.at}/`, method: "POST", body: body() });
  assert.equal(await heard_first, "first");
  const reading = answer.body![Symbol.asyncIterator]();
  assert.equal(new TextDecoder().decode((await reading.next()).value!), "first");
  goOn();
  assert.equal(new TextDecoder().decode((await reading.next()).value!), " second");
  assert.equal((await reading.next()).done, true);
});

Deno.test("who does not read stops the server, and who breaks off ends the connection", async () => {
  let sent = 0;
  await using server = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, "HTTP/1.1 200 OK\n\n");
    const piece = new Uint8Array(65_536);
    while (true) sent += await connection.write(piece);
  });
  const { ask } = httpFor({ net: [server.at] });
  const answer = await ask(`http://${server.at}/`);
  const reading = answer.body![Symbol.asyncIterator]();
  await reading.next();
  let before = -1;
  await until(
    () => {
      const stands = sent === before;
      before = sent;
      return stands && sent > 0;
    },
    10_000,
    () => "the server was never stopped",
  );
  assert.ok(sent < 32 * 1_048_576, `${sent} bytes were taken that nobody read`);
  await reading.return!();
  await until(() => server.open.size === 0, 10_000, () => "the connection stayed open");
});

Deno.test("to break off while the server is silent ends the connection at once", async () => {
  await using server = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, "HTTP/1.1 200 OK\nContent-Length: 100\n\n");
    await connection.read(new Uint8Array(1));
  });
  const { ask } = httpFor({ net: [server.at] });
  const reading = (await ask(`http://${server.at}/`)).body![Symbol.asyncIterator]();
  const waiting = reading.next().then(() => "an item", () => "an error");
  await reading.return!();
  await until(() => server.open.size === 0, 10_000, () => "the connection stayed open");
  assert.equal(await waiting, "an error");
});

Deno.test("a caller that gives up ends the connection, before the answer and within it", async () => {
  await using server = serveBytes(async (connection) => {
    const head = await hear(connection);
    if (head.includes("/body")) await say(connection, "HTTP/1.1 200 OK\nContent-Length: 100\n\nabc");
    await connection.read(new Uint8Array(1));
  });
  const { ask } = httpFor({ net: [server.at] });
  for (const path of ["head", "body"]) {
    const given_up = new AbortController();
    const failing = faultOf(async () => textOf(await ask(`http://${server.at}/${path}`, given_up.signal)));
    await until(() => server.open.size === 1, 10_000, () => "no connection");
    given_up.abort();
    assert.equal((await failing).message, "the caller gave the request up");
    await until(() => server.open.size === 0, 10_000, () => "the connection stayed open");
  }
});

Deno.test("TLS is checked against the name in the URL, at the address that was chosen", async () => {
  await using server = serve(() => new Response("safe"), TLS);
  const { port } = server;
  const net = [`api.example.com:${port}`, `127.0.0.1:${port}`, `evil.example.com:${port}`];
  const names = () => ["127.0.0.1"];
  const trusting = httpFor({ net, names, own: { ca: TLS.authority } });
  assert.equal(await textOf(await trusting.ask(`https://api.example.com:${port}/`)), "safe");
  assert.equal(await textOf(await trusting.ask(`https://127.0.0.1:${port}/`)), "safe");
  const evil = await faultOf(() => trusting.ask(`https://evil.example.com:${port}/`));
  assert.equal(evil.code, "denied");
  assert.match(evil.message, /did not show that it is evil\.example\.com: .*altnames/);
  const unknown = await faultOf(() => httpFor({ net, names }).ask(`https://api.example.com:${port}/`));
  assert.equal(unknown.code, "denied");
  assert.match(unknown.hint, /add its certificate as ca in configs\/services\/http\.yml/);
  const plain = await faultOf(() => trusting.ask(`http://api.example.com:${port}/`));
  assert.equal(plain.code, "conflict", "TLS is not spoken to in clear");
});

Deno.test("a name is looked up once for each request, and what was looked up is what is connected to", async () => {
  await using server = serve(() => new Response("inside"));
  const answers = [["8.8.8.8"], ["127.0.0.1"]];
  const { ask, looked_up, connected } = httpFor({
    net: [`rebinding.example:${server.port}`],
    names: () => answers.shift() ?? ["127.0.0.1"],
    own: { connect_ms: 300 },
  });
  const first = await faultOf(() => ask(`http://rebinding.example:${server.port}/`));
  assert.equal(first.code, "conflict");
  assert.deepEqual([looked_up, connected], [["rebinding.example"], ["8.8.8.8"]]);
  const second = await faultOf(() => ask(`http://rebinding.example:${server.port}/`));
  assert.match(second.message, /has the address 127\.0\.0\.1, which is a loopback address/);
  assert.deepEqual(connected, ["8.8.8.8"]);
});

Deno.test("the second address is tried when the first one takes nobody", async () => {
  await using server = serve(() => new Response("here"));
  const { ask, connected } = httpFor({
    net: [`a.example:${server.port}`, `127.0.0.2:${server.port}`, `127.0.0.1:${server.port}`],
    names: () => ["127.0.0.2", "127.0.0.1"],
  });
  assert.equal(await textOf(await ask(`http://a.example:${server.port}/`)), "here");
  assert.deepEqual(connected, ["127.0.0.2", "127.0.0.1"]);
});

Deno.test("redirects are followed within the caller's grants, and each hop is judged like the first", async () => {
  await using inside = serve(() => new Response("inside"));
  await using server = serve((request) => {
    const path = new URL(request.url).pathname.slice(1);
    const to: Record<string, string> = {
      one: "/two",
      two: `http://localhost:${server.port}/three`,
      away: `http://127.0.0.1:${inside.port}/`,
      metadata: "http://169.254.169.254/latest/",
      odd: `http://2130706433:${inside.port}/`,
      name: `http://inside.example:${server.port}/`,
      file: "file:///etc/passwd",
      circle: "/circle",
    };
    return path in to
      ? new Response(null, { status: 302, headers: { location: to[path]! } })
      : new Response(`at ${path}`);
  });
  const { ask } = httpFor({
    net: [server.at, `localhost:${server.port}`, `inside.example:${server.port}`],
    names: () => ["127.0.0.2"],
  });
  const answer = await ask(`http://${server.at}/one`);
  assert.deepEqual([answer.url, answer.redirected, await textOf(answer)], [
    `http://localhost:${server.port}/three`,
    true,
    "at three",
  ]);
  for (const path of ["away", "metadata", "odd", "name"]) {
    assert.equal((await faultOf(() => ask(`http://${server.at}/${path}`))).code, "denied", path);
  }
  assert.equal((await faultOf(() => ask(`http://${server.at}/file`))).code, "invalid_argument");
  assert.match((await faultOf(() => ask(`http://${server.at}/circle`))).message, /redirects more than 20 times/);
  const manual = await ask({ url: `http://${server.at}/one`, redirect: "manual" });
  assert.deepEqual([manual.status, headerOf(manual, "location")], [302, "/two"]);
  await textOf(manual);
});

Deno.test("a redirect chain as long as is allowed is followed, and one longer is not", async () => {
  await using server = serve((request) => {
    const left = Number(new URL(request.url).pathname.slice(1));
    return left === 0
      ? new Response("there")
      : new Response("x".repeat(100_000), { status: 307, headers: { location: `/${left - 1}` } });
  });
  const { ask } = httpFor({ net: [server.at], own: { redirects: 3, connections_per_caller: 1 } });
  assert.equal(
    await textOf(await ask({ url: `http://${server.at}/3`, method: "POST", body: new Uint8Array(3) })),
    "there",
  );
  assert.match((await faultOf(() => ask(`http://${server.at}/4`))).message, /more than 3 times/);
  assert.equal(await textOf(await ask(`http://${server.at}/0`)), "there", "its place is free again");
});
