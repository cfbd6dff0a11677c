import assert from "node:assert/strict";
import { type HostUnderAttack, underAttack } from "./neighbour.ts";

/** One caller of a service must not take it from the others. */
const SERVICE = `
export class Module {
  ping(value) { return value; }
  length(text) { return text.length; }
  slow(ms) { return new Promise((resolve) => setTimeout(() => resolve("slow"), ms)); }
  spin(ms) { const end = performance.now() + ms; while (performance.now() < end); return "spun"; }
}`;
const GREEDY = `
export class Module {
  constructor(kernel) { this.service = kernel.getApi("service"); }
  occupy(count) { for (let i = 0; i < count; i++) this.service.slow(3_000).catch(() => {}); return "occupied"; }
  async stuff(bytes, count) {
    const codes = {};
    await Promise.all(Array.from({ length: count }, () => this.service.length("x".repeat(bytes)).then(() => "ok", (error) => error.code)
      .then((code) => { codes[code] = (codes[code] ?? 0) + 1; })));
    return codes;
  }
  spin(ms) { return this.service.spin(ms).then(() => "spun", (error) => error.code); }
}`;
const HONEST = `
export class Module {
  faults = []; answered = 0;
  constructor(kernel) { this.kernel = kernel; this.service = kernel.getApi("service"); }
  async run(signal) {
    while (!signal.aborted) {
      this.service.ping(1).then(() => this.answered++, (error) => signal.aborted || this.faults.push(error.code + ": " + error.message));
      await this.kernel.sleep(20);
    }
  }
  result() { return { answered: this.answered, faults: [...new Set(this.faults)] }; }
}`;
const FILES = {
  "plugins/service.js": SERVICE,
  "configs/service.yml": "limits: {liveness_ms: 1000}\n",
  "plugins/greedy.js": GREEDY,
  "configs/greedy.yml": "grants: {services: [service]}\nlimits: {memory_mb: 1024, heap_mb: 512}\n",
  "plugins/honest.js": HONEST,
  "configs/honest.yml": "grants: {services: [service]}\n",
};

async function assertServed(attacked: HostUnderAttack): Promise<void> {
  const { answered, faults } = await attacked.call<{ answered: number; faults: string[] }>("honest", "result");
  assert.deepEqual(faults, []);
  assert.ok(answered > 0);
}

Deno.test("a message of the largest allowed size does not end a receiver with default limits", async () => {
  await underAttack(FILES, async (attacked) => {
    const { pid } = await attacked.module("service");
    // What came before is garbage that nobody has collected yet.
    for (const bytes of [1, 2, 4, 8, 8]) {
      assert.deepEqual(await attacked.call("greedy", "stuff", bytes * 1_000_000, 1), { ok: 1 }, `${bytes} MB`);
    }
    assert.equal((await attacked.module("service")).pid, pid);
    await assertServed(attacked);
  });
});

Deno.test("sixteen messages of a megabyte at once do not end a service for its other callers", async () => {
  await underAttack(FILES, async (attacked) => {
    const { pid } = await attacked.module("service");
    for (const count of [4, 8, 16]) await attacked.call("greedy", "stuff", 1_000_000, count);
    assert.equal((await attacked.module("service")).pid, pid);
    await assertServed(attacked);
  });
});
