/** A module whose state is carried over while it is called 500 times a second: every call counts once, whatever is replaced or killed. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

/** Calls at a steady rate without waiting for answers, each with a number of its own; keeps the totals it is told. */
const DRIVER = `
export class Module {
  constructor(kernel, config) { this.kernel = kernel; this.config = config; }
  result() { return this.driven ?? null; }
  async run() {
    const { seconds, rate } = this.config;
    const counter = this.kernel.getApi("counter");
    const faults = {}, pending = [], totals = new Set();
    let sent = 0, last = performance.now(), gap = 0;
    const start = performance.now(), end = start + seconds * 1000;
    while (performance.now() < end) {
      const due = Math.floor((performance.now() - start) / 1000 * rate);
      while (sent < due) {
        pending.push(counter.add(sent++).then((total) => {
          totals.add(total);
          gap = Math.max(gap, performance.now() - last);
          last = performance.now();
        }, (fault) => { const key = fault.code + ": " + fault.message; faults[key] = (faults[key] ?? 0) + 1; }));
      }
      await this.kernel.sleep(2);
    }
    await Promise.all(pending);
    this.driven = { sent, faults, totals: totals.size, highest: Math.max(...totals), gap: Math.round(gap) };
  }
}`;
/** Its state is all it ever counted; some of its calls go through itself again, and must meet the same instance. */
const COUNTER = (version: number) =>
  `// version ${version}
export class Module {
  total = 0; seen = []; met = new Set();
  constructor(kernel) { this.again = kernel.getApi("through"); }
  async add(n) {
    if (n % 5 === 0) { this.met.add(n); if (await this.again.back(n) !== true) throw new Error("another instance"); }
    if (n % 7 === 0) await new Promise((done) => setTimeout(done, 3));
    this.seen[n] = (this.seen[n] ?? 0) + 1;
    return ++this.total;
  }
  knows(n) { return this.met.has(n); }
  result() { return { total: this.total, doubled: this.seen.filter((times) => times > 1).length }; }
  exportState() { return { total: this.total, seen: Array.from(this.seen, (times) => times ?? 0) }; }
  importState({ total, seen }) { this.total = total; this.seen = seen; }
}`;
const THROUGH = `
export class Module {
  constructor(kernel) { this.counter = kernel.getApi("counter"); }
  back(n) { return this.counter.knows(n); }
}`;

function files(seconds: number): Record<string, string> {
  return {
    "plugins/driver.js": DRIVER,
    "plugins/counter.js": COUNTER(0),
    "plugins/through.js": THROUGH,
    "configs/counter.yml": "grants: {services: [through]}\nlimits: {calls_in_flight: 4096}\n",
    "configs/through.yml": "grants: {services: [counter]}\nlimits: {calls_in_flight: 4096}\n",
    "configs/driver.yml": `grants: {services: [counter]}\nseconds: ${seconds}\nrate: 500\n`,
  };
}

interface Driven {
  readonly sent: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly totals: number;
  readonly highest: number;
  readonly gap: number;
}

async function judge(host: RunningHost): Promise<Driven> {
  let driven: Driven | null = null;
  await until(
    async () => (driven = await host.call<Driven | null>("driver", "result")) !== null,
    60_000,
    () => "the driver did not end",
  );
  const { sent, faults, totals, highest } = driven!;
  assert.deepEqual(faults, {});
  assert.deepEqual(await host.call("counter", "result"), { total: sent, doubled: 0 });
  assert.deepEqual([totals, highest], [sent, sent], "each call was told a total of its own");
  return driven!;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("a module with a state is reloaded 50 times under 500 calls a second: no call lost, doubled or failed, no change of its state lost", async () => {
  const seconds = 25;
  await using host = await RunningHost.start(files(seconds));
  for (let version = 1; version <= 50; version++) {
    await host.write({ "plugins/counter.js": COUNTER(version) });
    await pause(seconds * 1000 / 55);
  }
  const { sent, gap } = await judge(host);
  const events = (await host.events()).filter(({ api }) => api === "counter");
  const reloads = events.filter(({ kind }) => kind === "module.reloaded").length;
  assert.ok(reloads >= 45, `only ${reloads} reloads took place`);
  assert.deepEqual(events.filter(({ kind }) => kind.startsWith("module.state_")), []);
  console.log(`  ${sent} calls, ${reloads} reloads, longest gap between answers ${gap} ms`);
});

Deno.test("the kernel is killed in the middle of reloads of a module with a state: nothing lost, doubled or failed", async () => {
  await using host = await RunningHost.start(files(16));
  // A reload takes a tenth of a second from the write of its file: the kernel dies at another point of it each time.
  for (let round = 0; round < 12; round++) {
    const { kernel } = await host.status();
    await host.write({ "plugins/counter.js": COUNTER(round + 1) });
    await pause(240 + round * 12);
    Deno.kill(kernel.pid, "SIGKILL");
    await pause(500);
  }
  await until(async () => (await host.cli("status")).code === 0, 10_000, () => "no kernel came back");
  const { sent, gap } = await judge(host);
  console.log(`  ${sent} calls, 12 kernels killed, longest gap between answers ${gap} ms`);
});

Deno.test("a state outlives the host that ends in order, and a process that dies begins with the one of the last reload", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  try {
    const { "plugins/driver.js": _, "configs/driver.yml": __, ...quiet } = files(0);
    const first = await RunningHost.start(quiet);
    const total = async (host: RunningHost) => (await host.call<{ total: number }>("counter", "result")).total;
    await first.call("counter", "add", 1);
    await first.call("counter", "add", 2);
    await first.stop();
    await using second = await RunningHost.startIn(first.home);
    assert.equal(await total(second), 2);
    await second.call("counter", "add", 3);
    await second.json("reload", "counter");
    await second.call("counter", "add", 4);
    Deno.kill((await second.module("counter"))!.pid!, "SIGKILL");
    await until(
      async () => (await second.module("counter"))?.state === "running",
      10_000,
      () => "the counter did not come back",
    );
    assert.equal(await total(second), 3);
    const dropped = await second.json("state", "drop", "counter");
    assert.deepEqual(dropped, { api: "counter", kept: true, set_aside: false, reloaded: false });
    assert.equal(await total(second), 3);
  } finally {
    await Deno.remove(home, { recursive: true }).catch(() => {});
  }
});
