/** What a module can try with calls that it gives up, and with names that it lends functions under. */
import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const SERVICE = `
export class Module {
  live = 0;
  take(list) { return list.length; }
  async slow(ms) { this.live++; await new Promise((resolve) => setTimeout(resolve, ms)); this.live--; }
  /** Never gives its second item, and hears nothing. */
  async *stuck(ms) { this.live++; yield 1; await new Promise((resolve) => setTimeout(resolve, ms)); this.live--; }
  count() { return this.live; }
}`;
const ATTACKER = `
import { keep } from "meta-machine";
export class Module {
  constructor(kernel) { this.kernel = kernel; this.service = kernel.getApi("service"); }
  /** Begins calls and gives each up at once. */
  async abandon(count, ms) {
    const codes = {};
    for (let begun = 0; begun < count; begun += 3) {
      await Promise.all([1, 2, 3].map(async () => {
        const stop = new AbortController();
        const call = this.service.slow(ms, stop.signal);
        const gave_up = this.kernel.sleep(2).then(() => stop.abort());
        try { await call; } catch (error) { const code = error.code ?? "none"; codes[code] = (codes[code] ?? 0) + 1; }
        await gave_up;
      }));
    }
    return codes;
  }
  /** Begins one more, and gives it up after a second: what it was told until then. */
  async patient(ms) {
    try { await this.service.slow(ms, AbortSignal.timeout(1_000)); } catch (error) { return error.code; }
  }
  /** Begins to read streams and stops each at once. */
  async drop(count, ms) {
    const codes = {};
    for (let i = 0; i < count; i++) {
      let code = "read";
      try {
        const stream = await this.service.stuck(ms);
        for await (const _ of stream) break;
      } catch (error) { code = error.code ?? "none"; }
      codes[code] = (codes[code] ?? 0) + 1;
    }
    return codes;
  }
  async lend(count, name) {
    const kept = Array.from({ length: count }, (_, i) => keep(name.repeat(120) + i, () => i));
    try { return await this.service.take(kept); } catch (error) { return error.code + ": " + error.message; } finally { for (const fn of kept) fn.revoke(); }
  }
}`;
const HONEST = `
export class Module {
  constructor(kernel) { this.service = kernel.getApi("service"); }
  count() { return this.service.count(); }
}`;
const FILES = {
  "plugins/service.js": SERVICE,
  "configs/service.yml": "limits: {calls_in_flight: 4}\n",
  "plugins/attacker.js": ATTACKER,
  "configs/attacker.yml": "grants: {services: [service]}\n",
  "plugins/honest.js": HONEST,
  "configs/honest.yml": "grants: {services: [service]}\n",
};

Deno.test("who gives calls up that run on may have so many of them in a service, and others are served", async () => {
  await underAttack(FILES, async (attacked) => {
    await attacked.reaches("attacker", ["running"]);
    await attacked.reaches("honest", ["running"]);
    const codes = await attacked.call<Record<string, number>>("attacker", "abandon", 100, 6_000);
    assert.ok(codes["20"]! >= 64, JSON.stringify(codes)); // an AbortError's code; a refusal may come later than the abort
    assert.equal(await attacked.call("attacker", "patient", 4_000), "rate_limited");
    const live = await attacked.call<number>("honest", "count");
    assert.ok(live >= 64 && live < 67, `${live}`); // three are begun at once: two may be on their way while the last is given up
    await until(async () => await attacked.call("honest", "count") === 0, 10_000, () => "they run on");
    assert.deepEqual(await attacked.call("attacker", "abandon", 3, 1), { "20": 3 }, "it may call again");
  });
});

Deno.test("who stops reading streams whose generators run on may have so many of them in a service, and others are served", async () => {
  await underAttack(FILES, async (attacked) => {
    await attacked.reaches("attacker", ["running"]);
    await attacked.reaches("honest", ["running"]);
    assert.deepEqual(await attacked.call("attacker", "drop", 80, 4_000), { read: 64, rate_limited: 16 });
    assert.equal(await attacked.call("honest", "count"), 64);
    await until(async () => await attacked.call("honest", "count") === 0, 10_000, () => "they run on");
    assert.deepEqual(await attacked.call("attacker", "drop", 4, 1), { read: 4 }, "it may read again");
  });
});

Deno.test("more functions kept by name than a header takes are refused at once, and end no process", async () => {
  await underAttack(FILES, async (attacked) => {
    const { pid } = await attacked.reaches("attacker", ["running"]);
    assert.equal(await attacked.call("attacker", "lend", 16, "k"), 16);
    assert.match(await attacked.call("attacker", "lend", 17, "k"), /^quota: the call lends 17 functions/);
    assert.match(await attacked.call("attacker", "lend", 16, "\u0001"), /^too_large: the names of the 16 functions/);
    assert.match(await attacked.call("attacker", "lend", 16, "€"), /^too_large/);
    assert.equal((await attacked.module("attacker")).pid, pid);
  });
});
