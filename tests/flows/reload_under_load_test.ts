import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

/** Calls at a steady rate from its own task, without waiting for answers; counts what came back. */
const DRIVER = `
export class Module {
  constructor(kernel, config) { this.kernel = kernel; this.config = config; }
  result() { return this.driven ?? null; }
  async run() {
    const { seconds, rate } = this.config;
    const worker = this.kernel.getApi("worker");
    const faults = {}, pending = [];
    let ok = 0, sent = 0, wrong = 0, last = performance.now(), gap = 0;
    const end = performance.now() + seconds * 1000, start = performance.now();
    while (performance.now() < end) {
      const due = Math.floor((performance.now() - start) / 1000 * rate);
      while (sent < due) {
        const n = sent++;
        pending.push(worker.work(n).then((answer) => {
          answer === n ? ok++ : wrong++;
          gap = Math.max(gap, performance.now() - last);
          last = performance.now();
        }, (fault) => { const key = fault.code + ": " + fault.message; faults[key] = (faults[key] ?? 0) + 1; }));
      }
      await this.kernel.sleep(2);
    }
    await Promise.all(pending);
    this.driven = { sent, ok, wrong, faults, gap: Math.round(gap) };
  }
}`;
const WORKER = (version: number) =>
  `// version ${version}
export class Module {
  constructor(kernel) { this.tally = kernel.getApi("tally"); }
  async work(n) { await this.tally.count(n); return n; }
}`;
/** Never reloaded: remembers each number it was told, and how often. */
const TALLY = `
export class Module {
  seen = new Map();
  count(n) { this.seen.set(n, (this.seen.get(n) ?? 0) + 1); }
  result() { return { numbers: this.seen.size, doubled: [...this.seen.values()].filter((times) => times > 1).length }; }
}`;

const FILES = {
  "plugins/driver.js": DRIVER,
  "plugins/worker.js": WORKER(0),
  "plugins/tally.js": TALLY,
  "configs/worker.yml": "grants: {services: [tally]}\nlimits: {calls_in_flight: 4096}\n",
  "configs/tally.yml": "limits: {calls_in_flight: 4096}\n",
};

function drive(seconds: number): Record<string, string> {
  return { "configs/driver.yml": `grants: {services: [worker]}\nseconds: ${seconds}\nrate: 500\n` };
}

interface Driven {
  sent: number;
  ok: number;
  wrong: number;
  faults: Record<string, number>;
  gap: number;
}

async function assertNothingLost(host: RunningHost): Promise<Driven> {
  let driven: Driven | null = null;
  await until(
    async () => (driven = await host.call<Driven | null>("driver", "result")) !== null,
    60_000,
    () => "the driver did not end",
  );
  return await judge(host, driven!);
}

async function judge(host: RunningHost, driven: Driven): Promise<Driven> {
  assert.deepEqual(driven.faults, {});
  assert.equal(driven.wrong, 0);
  assert.equal(driven.ok, driven.sent);
  assert.deepEqual(await host.call("tally", "result"), { numbers: driven.sent, doubled: 0 });
  return driven;
}

Deno.test("a module that is called 500 times a second is reloaded 50 times: nothing lost, doubled or failed", async () => {
  const seconds = 25;
  await using host = await RunningHost.start({ ...FILES, ...drive(seconds) });
  for (let version = 1; version <= 50; version++) {
    await host.write({ "plugins/worker.js": WORKER(version) });
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000 / 55));
  }
  const driven = await assertNothingLost(host);
  const reloads =
    (await host.events()).filter(({ kind, api }) => kind === "module.reloaded" && api === "worker").length;
  assert.ok(reloads >= 45, `only ${reloads} reloads took place`);
  console.log(`  ${driven.sent} calls, ${reloads} reloads, longest gap between answers ${driven.gap} ms`);
});

Deno.test("the kernel is killed ten times under 500 calls a second: nothing lost, doubled or failed", async () => {
  await using host = await RunningHost.start({ ...FILES, ...drive(14) });
  for (let kill = 0; kill < 10; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 900));
    const { kernel } = await host.status();
    Deno.kill(kernel.pid, "SIGKILL");
  }
  await until(async () => (await host.cli("status")).code === 0, 10_000, () => "no kernel came back");
  const driven = await assertNothingLost(host);
  console.log(`  ${driven.sent} calls, 10 kernels killed, longest gap between answers ${driven.gap} ms`);
});
