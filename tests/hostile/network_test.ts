/** Modules that want out of their grants.net, other people's secrets, or the http service's place. */
import assert from "node:assert/strict";
import { hear, say, serve, serveBytes } from "../plugins/services/http/with_http.ts";
import { HostUnderAttack, underAttack, until } from "./neighbour.ts";

const HTTP = Deno.readTextFileSync(new URL("../../configs/services/http.yml", import.meta.url));
const withEnv = async (env: Record<string, string>, act: () => Promise<void>) => {
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  try {
    await act();
  } finally {
    for (const name of Object.keys(env)) Deno.env.delete(name);
  }
};

/** Tries each request by the global fetch and by the service itself, and says what came of it. */
const ATTACKER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async try_all(urls, init = {}) {
    const seen = {};
    for (const url of urls) {
      try { const r = await fetch(url, init); seen[url] = "got " + r.status + " " + (await r.text()).slice(0, 200); }
      catch (error) { seen[url] = (error.code ?? error.name) + ": " + error.message; }
    }
    return seen;
  }
  async direct(requests) {
    const seen = [];
    for (const request of requests) {
      try { const r = await this.kernel.getApi("http").call("fetch", request); let text = ""; for await (const p of r.body ?? []) text += new TextDecoder().decode(p); seen.push("got " + r.status + " " + text); }
      catch (error) { seen.push((error.code ?? error.name) + ": " + error.message); }
    }
    return seen;
  }
  async rights() {
    const seen = [];
    for (const ask of [
      () => this.kernel.getApi("@kernel").outbound(), () => this.kernel.getApi("@kernel").call("outbound", "http"),
      () => this.kernel.getApi("@kernel").env("NET_KEY"), () => this.kernel.secret("NET_KEY"), () => this.kernel.secret("NET_PLAIN"),
    ]) { try { seen.push("got " + JSON.stringify(await ask())); } catch (error) { seen.push(error.code); } }
    return seen;
  }
  relayed(url) { return this.kernel.getApi("deputy").ask_for(url); }
  async ask_for(url) {
    try { return "got " + (await this.kernel.asCaller().getApi("http").fetch({ url })).status; }
    catch (error) { return error.code + ": " + error.message; }
  }
  async fetch(request) { this.stolen = [this.stolen, request, this.kernel.caller()]; return this.steal(); }
  async steal() { try { return await this.kernel.getApi("@kernel").outbound(); } catch (error) { throw new Error("robbed " + error.code); } }
  flood(url, count) { this.kept = []; return Promise.allSettled(Array.from({ length: count }, () => fetch(url).then((r) => this.kept.push(r)))).then((all) => all.map(({ reason }) => reason?.code ?? "got")); }
}`;

Deno.test("a module gets nowhere but where its grants.net says, however it spells it, and by no redirect", async () => {
  await using inside = serve(() => new Response("inside"));
  await using granted = serve((request) => {
    const to = new URL(request.url).searchParams.get("to");
    return to === null
      ? new Response("granted")
      : new Response(null, { status: 307, headers: { location: encodeURI(to) } });
  });
  await underAttack({
    "plugins/attacker.js": ATTACKER,
    "configs/attacker.yml": `grants: {services: [http, deputy], net: ["${granted.at}", "a.example:80"]}\n`,
    "configs/bare.yml": "prog: attacker\ngrants: {services: [http, deputy]}\n",
    "configs/deputy.yml": `prog: attacker\ngrants: {services: [http], net: ["${inside.at}"]}\n`,
    "configs/services/http.yml": HTTP,
  }, async (attacked) => {
    const { port } = inside;
    const targets = [
      ...[
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "１２７.0.0.1",
        "[::1]",
      ],
      ...[
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "0.0.0.0",
        "[::]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost.",
        "x.localhost",
      ],
    ].map((host) => `http://${host}:${port}/`);
    targets.push(
      "http://169.254.169.254/latest/meta-data/",
      `http://${granted.at}@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}#@${granted.at}/`,
    );
    targets.push("file:///etc/passwd", "data:text/plain,x", `http://${granted.at.replace(":", ":0")}/`);
    const redirects = targets.map((to) => `http://${granted.at}/?to=${encodeURIComponent(to)}`);
    const seen = await attacked.call<Record<string, string>>("attacker", "try_all", [...targets, ...redirects]);
    for (const [url, what] of Object.entries(seen)) {
      if (what === "got 200 granted") continue; // "…:0PORT" is the granted port, written with a zero
      assert.match(what, /^(?:denied|invalid_argument|TypeError): /, `${url}: ${what}`);
    }
    assert.equal(Object.values(seen).filter((what) => what.startsWith("got")).length <= 2, true);
    const direct = await attacked.call<string[]>("attacker", "direct", [
      { url: `http://${granted.at}/` },
      { url: `http://127.0.0.1:${port}/`, net: [[inside.at]], caller: "deputy", rights: { net: [[inside.at]] } },
      { url: `http://${granted.at}/`, headers: [["X", "a\r\nHost: x"]] },
      {
        url: `http://${granted.at}/`,
        headers: [["Host", "inside"], ["Transfer-Encoding", "chunked"], ["Content-Length", "9"]],
      },
      { url: `http://${granted.at}/`, method: "GET / HTTP/1.1\r\nX:" },
    ]);
    assert.deepEqual(direct.map((what) => what.slice(0, 17).trim()), [
      "got 200 granted",
      "denied: 'attacker",
      "invalid_argument:",
      "got 200 granted",
      "invalid_argument:",
    ]);
    const bare = await attacked.call<string[]>("bare", "direct", [{ url: `http://${granted.at}/` }]);
    assert.match(bare[0]!, /^denied: 'bare' may not reach /);
    // A deputy that asks in its caller's name reaches what both may, and a caller without net nothing.
    for (const who of ["attacker", "bare"]) {
      assert.match(
        await attacked.call<string>(who, "relayed", `http://${inside.at}/`),
        /^denied: 'deputy' may not reach /,
      );
    }
    assert.equal(
      await attacked.call("deputy", "ask_for", `http://${inside.at}/`),
      "got 200",
      "the operator asks for it, and the deputy may",
    );
  });
});

Deno.test("a module learns no bound secret: not by asking, not from another's host, not in the http service's place", async () => {
  await withEnv({ NET_KEY: "net-key-0123456789", NET_PLAIN: "plain-0123456789" }, async () => {
    let heard: string | null = null;
    await using server = serve((request) => {
      heard = request.headers.get("authorization");
      return new Response(`echo ${heard}`);
    });
    const grants =
      `grants: {net: ["${server.at}"], secrets: [{env: NET_KEY, host: 127.0.0.1, header: Authorization}]}\n`;
    await underAttack({
      "plugins/attacker.js": ATTACKER,
      "configs/attacker.yml": grants,
      "configs/other.yml": `prog: attacker\ngrants: {net: ["${server.at}"]}\n`,
      "configs/services/http.yml": HTTP,
    }, async (attacked) => {
      const url = `http://${server.at}/`;
      assert.match(
        (await attacked.call<Record<string, string>>("attacker", "try_all", [url]))[url]!,
        /^got 200 echo Bearer \*+$/,
      );
      assert.equal(heard, "Bearer net-key-0123456789");
      assert.equal((await attacked.call<Record<string, string>>("other", "try_all", [url]))[url], "got 200 echo null");
      for (const who of ["attacker", "other"]) {
        assert.deepEqual(await attacked.call(who, "rights"), [
          "not_granted",
          "not_granted",
          "no_attribute",
          "not_granted",
          "not_granted",
        ]);
      }
      await impersonate(attacked, url);
      const said = JSON.stringify([
        await attacked.status(),
        await attacked.events(),
        await attacked.logs(),
        attacked.host.stderr,
      ]);
      assert.doesNotMatch(said, /0123456789/);
    });
  });
});

/** The home's own module under the name `http`, beside or instead of the shipped one: it is asked, and is told no secret and given no network. */
async function impersonate(attacked: HostUnderAttack, url: string): Promise<void> {
  await Deno.remove(`${attacked.home}/configs/services/http.yml`);
  await attacked.write({
    "plugins/services/http.js": ATTACKER,
    "configs/http.yml": "api: http\nprog: services/http\n",
  });
  await until(
    async () => (await attacked.call<Record<string, string>>("attacker", "try_all", [url]))[url]!.includes("robbed"),
    15_000,
    () => "it did not come to serve",
  );
  assert.match(
    (await attacked.call<Record<string, string>>("attacker", "try_all", [url]))[url]!,
    /robbed not_granted$/,
  );
  assert.equal((await attacked.module("http")).origin, "local");
}

Deno.test("a flood of requests that nobody reads costs the one who makes it, not others who fetch", async () => {
  await using server = serve((request) =>
    new URL(request.url).pathname === "/quick" ? new Response("quick") : new Response("x".repeat(10_000_000))
  );
  await using silent = serveBytes(async (connection) => {
    await hear(connection);
    await say(connection, "HTTP/1.1 200 OK\n\n");
    const bomb = new Uint8Array(65_536);
    while (true) await connection.write(bomb);
  });
  await underAttack({
    "plugins/attacker.js": ATTACKER,
    "configs/attacker.yml": `grants: {net: ["${silent.at}", "${server.at}"]}\n`,
    "configs/victim.yml": `prog: attacker\ngrants: {net: ["${server.at}"]}\n`,
    "configs/services/http.yml": HTTP,
  }, async (attacked) => {
    const answers = await attacked.call<string[]>("attacker", "flood", `http://${silent.at}/`, 100);
    const got = answers.filter((answer) => answer === "got").length;
    assert.ok(got > 0 && got <= 32, `${got} of 100`);
    assert.deepEqual([...new Set(answers)].toSorted(), ["got", "rate_limited"]);
    const { pid } = await attacked.module("http");
    const url = `http://${server.at}/quick`;
    for (let i = 0; i < 10; i++) {
      assert.equal((await attacked.call<Record<string, string>>("victim", "try_all", [url]))[url], "got 200 quick");
    }
    const { pid: now, memory_mb, restarts } = await attacked.module("http");
    assert.deepEqual([now, restarts], [pid, 0]);
    assert.ok(memory_mb < 256, `${memory_mb} MB`);
  });
});
