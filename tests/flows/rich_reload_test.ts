/** Streams both ways, callbacks and a state while their service is replaced again and again: nothing is lost or doubled, and what can't be carried ends as `moved`. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const SERVICE = (version: number) =>
  `// version ${version}
export class Module {
  done = {};
  #count(kind) { this.done[kind] = (this.done[kind] ?? 0) + 1; }
  async *rows(count) { for (let i = 0; i < count; i++) { if (i % 10 === 0) await new Promise((r) => setTimeout(r, 2)); yield i; } this.#count("rows"); }
  async sum(numbers) { let sum = 0; for await (const n of numbers) sum += n; this.#count("sum"); return sum; }
  async each(count, fn) { let sum = 0; for (let i = 0; i < count; i++) sum += await fn(i); this.#count("each"); return sum; }
  async *ticks() { for (let n = 0;; n++) { yield n; await new Promise((r) => setTimeout(r, 5)); } }
  counted() { return this.done; }
  exportState() { return this.done; }
  importState(done) { this.done = done; }
}`;
const DRIVER = `
export class Module {
  constructor(kernel, config) { this.kernel = kernel; this.config = config; this.service = kernel.getApi("service"); }
  result() { return this.driven ?? null; }
  async run() {
    const faults = {}, sent = {}, wrong = {};
    const failed = (kind) => (error) => { const key = kind + " " + (error.code ?? error.name) + ": " + error.message; faults[key] = (faults[key] ?? 0) + 1; };
    const kinds = {
      rows: async () => { let next = 0; for await (const i of await this.service.rows(60)) if (i !== next++) return false; return next === 60; },
      sum: async () => { async function* numbers() { for (let i = 0; i < 60; i++) yield i; } return await this.service.sum(numbers()) === 1770; },
      each: async () => { let calls = 0; const sum = await this.service.each(8, (i) => { calls++; return i; }); return sum === 28 && calls === 8; },
    };
    const end = performance.now() + this.config.seconds * 1000;
    let moved = 0, ticks = 0;
    const subscription = (async () => {
      while (performance.now() < end) {
        try { let next = 0; for await (const n of await this.service.ticks()) { if (n !== next++) wrong.ticks = n; ticks++; if (performance.now() > end) break; } }
        catch (error) { error.code === "moved" && error.maybe_ran ? moved++ : failed("ticks")(error); }
      }
    })();
    const pending = [];
    while (performance.now() < end) {
      for (const [kind, run] of Object.entries(kinds)) {
        sent[kind] = (sent[kind] ?? 0) + 1;
        pending.push(run().then((right) => { if (!right) wrong[kind] = (wrong[kind] ?? 0) + 1; }, failed(kind)));
      }
      await this.kernel.sleep(40);
    }
    await Promise.all([...pending, subscription]);
    this.driven = { sent, faults, wrong, moved, ticks };
  }
}`;

interface Driven {
  readonly sent: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly wrong: Readonly<Record<string, number>>;
  readonly moved: number;
  readonly ticks: number;
}

Deno.test("streams, callbacks and a state in motion while their service is reloaded: none lost, none doubled, what is endless ends as moved", async () => {
  const seconds = 30;
  await using host = await RunningHost.start({
    "plugins/service.js": SERVICE(0),
    "configs/service.yml": "limits: {drain_ms: 2500, open_streams: 4096, calls_in_flight: 4096}\n",
    "plugins/driver.js": DRIVER,
    "configs/driver.yml": `grants: {services: [service]}\nlimits: {open_streams: 4096}\nseconds: ${seconds}\n`,
  });
  for (let version = 1; version <= 6; version++) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000 / 8));
    await host.write({ "plugins/service.js": SERVICE(version) });
  }
  let driven: Driven | null = null;
  await until(
    async () => (driven = await host.call<Driven | null>("driver", "result")) !== null,
    60_000,
    () => "the driver did not end",
  );
  const { sent, faults, wrong, moved, ticks } = driven!;
  assert.deepEqual([faults, wrong], [{}, {}]);
  const reloads = (await host.events()).filter(({ kind, api }) => kind === "module.reloaded" && api === "service");
  assert.ok(reloads.length >= 5, `only ${reloads.length} reloads took place`);
  assert.ok(moved > 0 && moved <= reloads.length, `${moved} of ${reloads.length} reloads ended the subscription`);
  assert.ok(ticks > 100, `${ticks}`);
  // Each operation counts itself when it has ended, in the state that went from instance to instance.
  assert.deepEqual(await host.call("service", "counted"), sent);
  console.log(`  ${JSON.stringify(sent)}, ${reloads.length} reloads, ${moved} subscriptions moved`);
});
