/** What goes on while a kernel hands over to another: calls within calls, streams, states, modules that sleep or were given up, configs that broke, the operator. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

/** Another kernel of the same class, by a newer meta file or without it. */
async function swap(host: RunningHost, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) {
    const before = await swaps(host);
    const { kernel: { config } } = await host.status();
    if (config === "meta.yml") await host.write({ "configs/meta-v2.yml": "prog: kernel\n" });
    else await Deno.remove(`${host.home}/configs/meta-v2.yml`);
    await until(async () => await swaps(host) > before, 15_000, () => `no other kernel leads:\n${host.stderr}`);
  }
}

async function swaps(host: RunningHost): Promise<number> {
  return (await host.events()).filter(({ kind }) => kind === "kernel.swapped").length;
}

const sleep = (ms: number) => new Promise((then) => setTimeout(then, ms));

Deno.test("a call within a call within a call goes on through a hand-over, also back to the module that began it", async () => {
  const plugin = (other: string) =>
    `export class Module {
    constructor(kernel) { this.other = kernel.getApi("${other}"); }
    async there(n) { await new Promise((then) => setTimeout(then, 200)); return n === 0 ? ["end"] : ["${other}", ...await this.other.there(n - 1)]; }
  }`;
  await using host = await RunningHost.start({
    "plugins/a.js": plugin("b"),
    "plugins/b.js": plugin("a"),
    "configs/a.yml": "grants: {services: [b]}",
    "configs/b.yml": "grants: {services: [a]}",
  });
  const call = host.call<string[]>("a", "there", 10);
  await sleep(300);
  await swap(host);
  assert.equal((await call).length, 11);
});

Deno.test("the former kernel ends what does not end with 'moved', which may be made again, and leaves", async () => {
  await using host = await RunningHost.start({
    "plugins/slow.js":
      "export class Module { wait(ms) { return new Promise((then) => setTimeout(() => then(ms), ms)); } }",
    "plugins/reader.js": `export class Module {
      constructor(kernel) { this.slow = kernel.getApi("slow"); }
      async read() { try { return await this.slow.wait(20_000); } catch (fault) { return { code: fault.code, retriable: fault.retriable, ran: fault.maybe_ran }; } }
    }`,
    "configs/slow.yml": "",
    "configs/reader.yml": "grants: {services: [slow]}",
  });
  const began = performance.now();
  const [nested, own] = [host.cli("call", "reader", "read", "--json"), host.fault("call", "slow", "wait", "20000")];
  await sleep(500);
  await swap(host);
  assert.equal((await own).code, "moved");
  const { out } = await nested;
  assert.match(out, /"code": ?"moved"/);
  assert.ok(performance.now() - began < 12_000);
  await until(() => host.stderr.includes("kernel 1 ended (code 0)"), 5_000, () => host.stderr);
  assert.equal(await host.call("slow", "wait", 1), 1);
});

Deno.test("states, lent functions and callers' counts live on through six kernels", async () => {
  await using host = await RunningHost.start({
    "plugins/tally.js": `export class Module {
      seen = 0; told = 0;
      add() { return ++this.seen; }
      watch(tell) { this.tell = tell; }
      async ring() { await this.tell(); }
      exportState() { return this.seen; }
      importState(seen) { this.seen = seen; }
    }`,
    "plugins/bell.js": `import { keep } from "meta-machine";
    export class Module {
      rung = 0;
      constructor(kernel) { this.tally = kernel.getApi("tally"); }
      async run() { await this.tally.watch(keep("ring", () => { this.rung++; })); }
      count() { return this.rung; }
    }`,
    "configs/tally.yml": "",
    "configs/bell.yml": "grants: {services: [tally]}",
  });
  for (let kernel = 1; kernel <= 6; kernel++) {
    assert.equal(await host.call("tally", "add"), kernel);
    await host.cli("call", "tally", "ring");
    assert.equal(await host.call("bell", "count"), kernel);
    await swap(host);
  }
  const { calls, restarts } = (await host.module("tally"))!;
  assert.equal(restarts, 0);
  assert.ok(calls >= 13, `${calls} calls are known`);
});

Deno.test("a module that was given up stays so, one that sleeps is woken by the next kernel, one whose config broke serves on", async () => {
  await using host = await RunningHost.start({
    "plugins/dies.js": "export class Module { run() { throw new Error('always'); } }",
    "plugins/naps.js": "export class Module { ask() { return 'awake'; } }",
    "plugins/serves.js": "export class Module { n = 0; ask() { return ++this.n; } }",
    "configs/dies.yml": "restart: {max: 1, window_s: 60}",
    "configs/naps.yml": "start: on_call\nidle_ms: 1000",
    "configs/serves.yml": "",
  });
  await until(async () => (await host.module("dies"))?.state === "quarantined", 10_000, () => "it was not given up");
  assert.equal(await host.call("serves", "ask"), 1);
  await host.write({ "configs/serves.yml": "grants: [" });
  await until(async () => (await host.module("serves"))?.reason !== undefined, 5_000, () => "nothing was refused");
  await swap(host);
  assert.equal((await host.module("dies"))?.state, "quarantined");
  assert.match((await host.module("dies"))?.reason ?? "", /always/);
  assert.equal(await host.call("serves", "ask"), 2);
  assert.equal((await host.module("naps"))?.state, "sleeping");
  assert.equal(await host.call("naps", "ask"), "awake");
  // What was broken is mended, and is taken up.
  await host.write({ "configs/serves.yml": "mended: true" });
  await until(async () => (await host.module("serves"))?.reason === undefined, 5_000, () => "it is not taken up");
});

Deno.test("a change of a module that comes in the middle of a hand-over takes effect after it", async () => {
  await using host = await RunningHost.start({
    "plugins/one.js":
      "export class Module { ask() { return 1; } wait() { return new Promise((then) => setTimeout(then, 2_000)); } }",
    "configs/one.yml": "",
  });
  const waits = host.call("one", "wait");
  await sleep(500);
  await host.write({
    "configs/meta-v2.yml": "prog: kernel\n",
    "plugins/one.js": "export class Module { ask() { return 2; } }",
  });
  await until(async () => await host.call("one", "ask") === 2, 12_000, () => "the new source is not taken up");
  assert.equal((await waits) ?? null, null);
});

Deno.test("who follows the log follows the next kernel's, and commands meet no closed door", async () => {
  await using host = await RunningHost.start({
    "plugins/says.js": "export class Module { say(text) { console.log(text); } }",
    "configs/says.yml": "",
  });
  const follow = host.cli("logs", "says", "-f", "--grep", "word");
  for (let word = 1; word <= 6; word++) {
    await host.call("says", "say", `word ${word}`);
    if (word % 2 === 0) await swap(host);
  }
  await host.stop();
  const { out } = await follow;
  for (let word = 1; word <= 6; word++) assert.equal(out.split(`word ${word}\n`).length, 2, out);
});

Deno.test("a kernel whose loop stands still is killed, and the next one takes its cells", async () => {
  await using host = await RunningHost.start({
    "kernel/stuck.ts": `import { Kernel as Shipped } from "meta-machine/kernel";
      export class Kernel extends Shipped { async boot() { await super.boot(); setTimeout(() => { for (;;); }, 12_000); } }`,
    "plugins/one.js": "export class Module { n = 0; ask() { return ++this.n; } }",
    "configs/one.yml": "",
  });
  assert.equal(await host.call("one", "ask"), 1);
  await host.write({ "configs/meta-v2.yml": "prog: stuck\n" });
  await until(() => host.stderr.includes("its loop stands still"), 40_000, () => host.stderr);
  await until(async () => await host.call<number>("one", "ask") >= 2, 10_000, () => "it does not answer");
});

Deno.test("a function that is kept lent by a call which the former kernel still has is called through the next one, and the other way round", async () => {
  const when_open = "while (!this.opened) await new Promise((then) => setTimeout(then, 5));";
  await using host = await RunningHost.start({
    "plugins/shop.js": `export class Module {
      fns = {};
      remember(name, fn) { this.fns[name] = fn; }
      async recall(name) { try { return await this.fns[name](1); } catch (fault) { return fault.code + ": " + fault.message; } }
      open() { this.opened = true; }
      async recallWhenOpen(name) { ${when_open} return await this.recall(name); }
    }`,
    "plugins/client.js": `import { keep } from "meta-machine";
    export class Module {
      constructor(kernel) { this.shop = kernel.getApi("shop"); }
      async lend(name) { await this.shop.remember(name, keep(name, (n) => n + 1)); }
      async lendWhenOpen(name) { ${when_open} await this.lend(name); }
      async open(name) { this.opened = true; await this.lend(name); await this.shop.open(); }
    }`,
    "configs/shop.yml": "",
    "configs/client.yml": "grants: {services: [shop]}",
  });
  const begun = Promise.all([
    host.call("client", "lendWhenOpen", "within"),
    host.call("shop", "recallWhenOpen", "beside"),
  ]);
  await sleep(500);
  await swap(host);
  await host.call("client", "open", "beside");
  const [, beside] = await begun;
  assert.deepEqual([beside, await host.call("shop", "recall", "within")], [2, 2]);
});
