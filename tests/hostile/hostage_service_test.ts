import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

/** A service with a method that a caller can keep busy for ever. */
const SERVICE = `
export class Module {
  ran = 0;
  spin() { for (;;); }
  async spin_later() { await null; for (;;); }
  slow(ms) { return new Promise((resolve) => setTimeout(() => resolve("slow"), ms)); }
  add(n) { this.ran++; return n; }
}`;
const ATTACKER = `
export class Module {
  constructor(kernel) { this.service = kernel.getApi("service"); }
  async attack(method) { try { return await this.service[method](); } catch (error) { return { code: error.code, message: error.message }; } }
  async add(n) { try { return await this.service.add(n); } catch (error) { return { code: error.code, message: error.message }; } }
}`;
/** Calls of an honest module: they wait while the service is down, and none fails. */
const HONEST = `
export class Module {
  constructor(kernel) { this.kernel = kernel; this.service = kernel.getApi("service"); }
  async burst(count) {
    const outcomes = await Promise.allSettled(Array.from({ length: count }, (_, n) => this.service.add(n)));
    const faults = outcomes.filter(({ status }) => status === "rejected").map(({ reason }) => reason.code + ": " + reason.message);
    return { ok: outcomes.filter(({ status, value }, n) => status === "fulfilled" && value === n).length, faults };
  }
  async slow(ms) { try { return await this.service.slow(ms); } catch (error) { return { code: error.code, maybe_ran: error.maybe_ran }; } }
}`;

const FILES = {
  "plugins/service.js": SERVICE,
  "configs/service.yml": "limits: {liveness_ms: 1000, load_ms: 2000}\nrestart: {max: 10, window_s: 60}\n",
  "plugins/attacker.js": ATTACKER,
  "configs/attacker.yml": "grants: {services: [service]}\n",
  "plugins/honest.js": HONEST,
  "configs/honest.yml": "grants: {services: [service]}\n",
};
interface Refused {
  readonly code: string;
  readonly message: string;
}
interface Burst {
  readonly ok: number;
  readonly faults: readonly string[];
}

Deno.test("who hangs a service twice is cut off from it; calls of others that had not begun wait and are answered", async () => {
  await underAttack(FILES, async (attacked) => {
    await attacked.reaches("attacker", ["running"]);
    await attacked.reaches("honest", ["running"]);
    let cut_off: Refused | undefined;
    for (let death = 1; death <= 2; death++) {
      const attack = attacked.call<Refused>("attacker", "attack", "spin");
      await new Promise((resolve) => setTimeout(resolve, 200));
      const burst = attacked.call<Burst>("honest", "burst", 50);
      assert.equal((await attack).code, "module_killed");
      if (death === 2) cut_off = await attacked.call<Refused>("attacker", "attack", "spin");
      assert.deepEqual(await burst, { ok: 50, faults: [] }, `after death ${death}`);
      await attacked.reaches("service", ["running"]);
    }
    assert.equal(cut_off!.code, "circuit_open");
    assert.match(
      cut_off!.message,
      /^'attacker' is cut off from 'service': its calls ended 'service' 2 times; it is tried again in \d+ ms$/,
    );
    assert.deepEqual(await attacked.call("honest", "burst", 5), { ok: 5, faults: [] });
    const opened = (await attacked.events("service")).filter(({ kind }) => kind === "circuit.open");
    assert.deepEqual(opened.map(({ detail }) => detail?.["caller"]), ["attacker"]);
    // Half open: one call tries it, and when that goes well the edge is closed.
    await until(async () => await attacked.call("attacker", "add", 7) === 7, 10_000, () => "it stays cut off");
    assert.ok((await attacked.events("service")).some(({ kind }) => kind === "circuit.closed"));
  });
});

Deno.test("what had begun when its service was killed fails and says that it may have run; who hangs it after an await is blamed when alone", async () => {
  await underAttack(FILES, async (attacked) => {
    await attacked.reaches("attacker", ["running"]);
    await attacked.reaches("honest", ["running"]);
    const slow = attacked.call("honest", "slow", 60_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await attacked.call<Refused>("attacker", "attack", "spin")).code, "module_killed");
    assert.deepEqual(await slow, { code: "module_killed", maybe_ran: true });
    for (let death = 1; death <= 2; death++) {
      await attacked.reaches("service", ["running"]);
      const fault = await attacked.call<Refused>("attacker", "attack", "spin_later");
      if (death === 1) assert.equal(fault.code, "module_killed");
      else assert.match(fault.code, /^(module_killed|circuit_open)$/);
    }
    await attacked.reaches("service", ["running"]);
    assert.equal((await attacked.call<Refused>("attacker", "attack", "spin")).code, "circuit_open");
  });
});
