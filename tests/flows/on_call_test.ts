/** Modules that have no process until they are called, in a real host. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const SLEEPER = `import { tool } from "meta-machine";
export class Module {
  n = 0;
  add() { return ++this.n; }
  run() {}
  exportState() { return this.n; }
  importState(n) { this.n = n; }
  getAspect(name) {
    if (name === "default") return this;
    return { add: tool({ description: "Adds one.", run: () => this.add() }) };
  }
}`;
/** Calls a while, then leaves a while, so that calls meet every moment of falling asleep. */
const DRIVER = `export class Module {
  constructor(kernel) { this.sleeper = kernel.getApi("sleeper"); this.kernel = kernel; }
  async drive(rounds) {
    const totals = new Set(), faults = [];
    for (let round = 0; round < rounds; round++) {
      await this.kernel.sleep(90 + (round % 12) * 10);
      await Promise.all([1, 2, 3].map(() => this.sleeper.add().then((total) => totals.add(total), (f) => faults.push(f.message))));
    }
    return { totals: totals.size, highest: Math.max(...totals), faults };
  }
}`;

const FILES = {
  "plugins/sleeper.js": SLEEPER,
  "configs/sleeper.yml": "start: on_call\nidle_ms: 100\n",
  "plugins/driver.js": DRIVER,
  "configs/driver.yml": "grants: {services: [sleeper]}\nlimits: {call_timeout_ms: 120000}\n",
};

async function asleep(host: RunningHost): Promise<void> {
  await until(
    async () => (await host.module("sleeper"))?.state === "sleeping",
    10_000,
    () => "it does not go to sleep",
  );
}

Deno.test("an on_call module has no process until it is called, keeps its tools and its state, and sleeps again", async () => {
  await using host = await RunningHost.start(FILES);
  await asleep(host);
  const before = await host.module("sleeper");
  assert.deepEqual([before?.pid, before?.cell], [null, null]);
  assert.deepEqual((await host.json<{ name: string }[]>("tools", "sleeper")).map(({ name }) => name), ["sleeper_add"]);
  assert.equal(await host.call("sleeper", "add"), 1);
  await asleep(host);
  assert.equal(await host.call("sleeper", "add"), 2);
  const kinds = (await host.events()).filter(({ api }) => api === "sleeper").map(({ kind }) => kind);
  assert.ok(kinds.filter((kind) => kind === "module.sleeping").length >= 2, kinds.join());
  await asleep(host);

  // A host that is started again knows its tools without loading it, and its state when it is called.
  await host.stop();
  await using again = await RunningHost.startIn(host.home);
  assert.equal((await again.module("sleeper"))?.state, "sleeping");
  assert.equal((await again.json<unknown[]>("tools", "sleeper")).length, 1);
  const since = (await again.events()).findLastIndex(({ kind }) => kind === "kernel.ready");
  assert.ok(!(await again.events()).slice(since).some(({ kind }) => kind === "module.starting"));
  assert.equal(await again.call("sleeper", "add"), 3);
});

Deno.test("calls that come in any moment of falling asleep are all answered, once, and no change of state is lost", async () => {
  await using host = await RunningHost.start(FILES);
  const rounds = 40;
  const driven = await host.call<{ totals: number; highest: number; faults: string[] }>("driver", "drive", rounds);
  assert.deepEqual(driven, { totals: 3 * rounds, highest: 3 * rounds, faults: [] });
  const slept = (await host.events()).filter(({ kind }) => kind === "module.sleeping").length;
  assert.ok(slept > rounds / 4, `it slept only ${slept} times`);
  console.log(`  ${3 * rounds} calls, slept ${slept} times`);
});
