/** A secret is seen by the host that it is bound to, and by nobody else, whatever that host sends back. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { hear, httpFor, say, serve, serveBytes, textOf, TLS } from "./with_http.ts";

const VALUE = "sk-0123456789abcdef";
const bound = (
  more: Record<string, string> = {},
) => [{ env: "KEY", host: "127.0.0.1", header: "Authorization", value: VALUE, ...more }];

Deno.test("a bound secret reaches its host, and an echo of it in headers and body comes back as stars", async () => {
  let heard: string | null = "";
  await using server = serve((request) => {
    heard = request.headers.get("authorization");
    return new Response(`you sent ${heard}`, { headers: { "x-echo": heard!, "x-base64": btoa(`user:${VALUE}`) } });
  });
  const { ask } = httpFor({ net: [server.at], secrets: bound() });
  const answer = await ask({ url: `http://${server.at}/`, headers: [["authorization", "mine"]] });
  const all = JSON.stringify(answer.headers) + await textOf(answer);
  assert.equal(heard, `Bearer ${VALUE}`);
  assert.match(all, /you sent Bearer \*{19}/);
  assert.doesNotMatch(all, /0123456789/);
  assert.doesNotMatch(all, new RegExp(btoa(VALUE.slice(0, 9)).slice(2, 10)));
});

Deno.test("an echo that is cut into chunks, packed, or both is scrubbed too, and reaches nobody even when the body breaks off", async () => {
  await using server = serveBytes(async (connection) => {
    const [, path] = (await hear(connection)).split(" ");
    if (path === "/chunks") {
      await say(connection, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
      for (const letter of `a ${VALUE} b`) await say(connection, `1\n${letter}\n`);
      await say(connection, "0\n\n");
    } else await say(connection, `HTTP/1.1 200 OK\nContent-Length: 100\n\na ${VALUE}`);
  });
  await using packs = serve(() =>
    new Response(new Blob([`a ${VALUE} b`]).stream().pipeThrough(new CompressionStream("gzip")), {
      headers: { "content-encoding": "gzip" },
    })
  );
  const { ask } = httpFor({ net: [server.at, packs.at], secrets: bound() });
  const clean = `a ${"*".repeat(VALUE.length)} b`;
  assert.equal(await textOf(await ask(`http://${server.at}/chunks`)), clean);
  assert.equal(await textOf(await ask(`http://${packs.at}/`)), clean);
  const seen: string[] = [];
  const broken = await ask(`http://${server.at}/broken`);
  const fault = await faultOf(async () => {
    for await (const piece of broken.body!) seen.push(new TextDecoder().decode(piece));
  });
  assert.doesNotMatch(JSON.stringify([fault, seen]), /0123456789/);
});

Deno.test("an answer packed in a way that hides the secret is refused to who has one there, and given to others", async () => {
  await using server = serve(() => new Response("packed somehow", { headers: { "content-encoding": "zstd" } }));
  const with_secret = httpFor({ net: [server.at], secrets: bound() });
  assert.equal((await faultOf(() => with_secret.ask(`http://${server.at}/`))).code, "denied");
  assert.equal(await textOf(await httpFor({ net: [server.at] }).ask(`http://${server.at}/`)), "packed somehow");
});

Deno.test("a redirect to another host loses the secret, in its headers and in its address; one that comes back has it again", async () => {
  const heard: [string, string | null][] = [];
  const listen = (request: Request) => {
    const { host, pathname, search } = new URL(request.url);
    heard.push([`${host.split(":")[0]}${pathname}${search}`, request.headers.get("authorization")]);
  };
  await using server = serve((request) => {
    listen(request);
    const { pathname, port } = new URL(request.url);
    const to: Record<string, string> = {
      "/first": `http://localhost:${port}/other?stolen=${request.headers.get("authorization")?.slice(7)}`,
      "/other": `http://127.0.0.1:${port}/last`,
    };
    return pathname in to
      ? new Response(null, { status: 307, headers: { location: to[pathname]! } })
      : new Response("there");
  });
  const { ask } = httpFor({ net: [server.at, `localhost:${server.port}`], secrets: bound() });
  const answer = await ask(`http://${server.at}/first`);
  assert.equal(await textOf(answer), "there");
  assert.deepEqual(heard, [
    ["127.0.0.1/first", `Bearer ${VALUE}`],
    [`localhost/other?stolen=${"*".repeat(VALUE.length)}`, null],
    ["127.0.0.1/last", `Bearer ${VALUE}`],
  ]);
});

Deno.test("a secret goes over TLS, and not in clear to the open internet, where the request is not made at all", async () => {
  await using server = serve((request) => new Response(String(request.headers.get("authorization")?.length)), TLS);
  const names = (name: string) => name === "out.example.com" ? ["93.184.216.34"] : ["127.0.0.1"];
  const { port } = server;
  const net = [`api.example.com:${port}`, `127.0.0.1:${port}`, `out.example.com:${port}`];
  const secrets = ["api.example.com", "out.example.com"].flatMap((host) => bound({ host }));
  const { ask, connected } = httpFor({ net, names, secrets, own: { ca: TLS.authority } });
  assert.equal(await textOf(await ask(`https://api.example.com:${port}/`)), String(`Bearer ${VALUE}`.length));
  const { code, message } = await faultOf(() => ask(`http://out.example.com:${port}/`));
  assert.deepEqual([code, message], [
    "denied",
    "a secret is bound to out.example.com, and http: would send it in clear",
  ]);
  assert.deepEqual(connected, ["127.0.0.1"]);
});

Deno.test("no error shows a secret: not one of the wire, not one of the server's making", async () => {
  await using server = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, `HTTP/1.1 302 Found\nLocation: file:///${VALUE}\nContent-Length: 0\n\n`);
  });
  await using noise = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, `${VALUE} ${VALUE}\n\n`);
  });
  const { ask } = httpFor({ net: [server.at, noise.at, "127.0.0.1:1"], secrets: bound() });
  for (const url of [`http://${server.at}/`, `http://${noise.at}/`, "http://127.0.0.1:1/"]) {
    const fault = await faultOf(() => ask(url)) as unknown as Error;
    assert.doesNotMatch(`${JSON.stringify(fault)}${fault.stack}`, /0123456789/, url);
  }
});
