/** A module that calls another one at a steady rate, which calls a third one that counts: what came back, and whether anything was lost or done twice. */
import assert from "node:assert/strict";
import { type RunningHost, until } from "./running_host.ts";

/** Calls at a steady rate from its own task, without waiting for answers; counts what came back. */
const DRIVER = `
export class Module {
  constructor(kernel, config) { this.kernel = kernel; this.config = config; }
  result() { return this.driven ?? null; }
  async run() {
    const { seconds, rate } = this.config;
    const worker = this.kernel.getApi("worker");
    const faults = {}, pending = [];
    const took = [];
    let ok = 0, sent = 0, wrong = 0, last = performance.now(), gap = 0;
    const end = performance.now() + seconds * 1000, start = performance.now();
    while (performance.now() < end) {
      const due = Math.floor((performance.now() - start) / 1000 * rate);
      while (sent < due) {
        const n = sent++;
        const began = performance.now();
        pending.push(worker.work(n).then((answer) => {
          answer === n ? ok++ : wrong++;
          took.push(performance.now() - began);
          gap = Math.max(gap, performance.now() - last);
          last = performance.now();
        }, (fault) => { const key = fault.code + ": " + fault.message; faults[key] = (faults[key] ?? 0) + 1; }));
      }
      await this.kernel.sleep(2);
    }
    await Promise.all(pending);
    took.sort((a, b) => a - b);
    const at = (share) => Math.round(took[Math.floor(share * (took.length - 1))] ?? 0);
    this.driven = { sent, ok, wrong, faults, gap: Math.round(gap), p50: at(0.5), p99: at(0.99), worst: at(1) };
  }
}`;
export const WORKER = (version: number) =>
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

/** Of a home; `drive` starts the calls. */
export const FILES = {
  "plugins/driver.js": DRIVER,
  "plugins/worker.js": WORKER(0),
  "plugins/tally.js": TALLY,
  "configs/worker.yml": "grants: {services: [tally]}\nlimits: {calls_in_flight: 4096}\n",
  "configs/tally.yml": "limits: {calls_in_flight: 4096}\n",
};

export function drive(seconds: number, rate = 500): Record<string, string> {
  return { "configs/driver.yml": `grants: {services: [worker]}\nseconds: ${seconds}\nrate: ${rate}\n` };
}

/** Milliseconds: the longest time between two answers, and how long calls took. */
export interface Driven {
  sent: number;
  ok: number;
  wrong: number;
  faults: Record<string, number>;
  gap: number;
  p50: number;
  p99: number;
  worst: number;
}

/** Waits for the driver's end; every call was answered well, and counted once. */
export async function assertNothingLost(host: RunningHost, ms = 60_000): Promise<Driven> {
  let driven: Driven | null = null;
  await until(
    async () => (driven = await host.call<Driven | null>("driver", "result")) !== null,
    ms,
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
