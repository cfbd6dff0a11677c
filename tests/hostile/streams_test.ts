/** What a module can try with streams and functions: to fill somebody's memory, to keep what it was lent, to reach what was lent to another. */
import assert from "node:assert/strict";
import { DEFAULT_LIMITS } from "../../kernel/contract/limits.ts";
import { underAttack } from "./neighbour.ts";

const SERVICE = `
export class Module {
  made = 0; ended = 0;
  async *endless(size) { try { for (;;) { this.made++; yield "x".repeat(size); } } finally { this.ended++; } }
  streams(count) { const one = () => (async function* () { yield 1; })(); return Array.from({ length: count }, one); }
  async each(count, fn) { const out = []; for (let i = 0; i < count; i++) out.push(await fn(i)); return out; }
  hold(fn) { this.held = fn; }
  async use() { try { return await this.held(1); } catch (error) { return error.code; } }
  async swallow(stream) { let n = 0; for await (const _ of stream) if (++n === 5) return n; }
  async forget(stream) { return "not read"; }
  counts() { return { made: this.made, ended: this.ended }; }
}`;
const ATTACKER = `
import { keep } from "meta-machine";
export class Module {
  constructor(kernel) { this.kernel = kernel; this.service = kernel.getApi("service"); }
  /** Opens streams and reads none of them. */
  async hoard(count, size) {
    this.hoarded = [];
    const codes = {};
    for (let i = 0; i < count; i++) {
      try { this.hoarded.push(await this.service.endless(size)); } catch (error) { codes[error.code] = (codes[error.code] ?? 0) + 1; }
    }
    await this.kernel.sleep(300);
    return { open: this.hoarded.length, codes, ...await this.service.counts() };
  }
  async drop() { for (const stream of this.hoarded.splice(0)) await stream.return(); await this.kernel.sleep(100); return await this.service.counts(); }
  async many(count) { try { return (await this.service.streams(count)).length; } catch (error) { return error.code; } }
  /** Produces without end into a service that reads five. */
  async flood() {
    let made = 0;
    async function* endless() { for (;;) { made++; yield "y".repeat(1000); } }
    const read = await this.service.swallow(endless());
    const ignored = await this.service.forget(endless());
    await this.kernel.sleep(100);
    return { read, ignored, made };
  }
  async greedy() { async function* bomb() { yield "z".repeat(40_000_000); } try { return await this.service.swallow(bomb()); } catch (error) { return error.code; } }
  async twice() {
    const stream = await this.service.streams(1);
    const seen = [];
    for await (const n of stream[0]) seen.push(n);
    try { for await (const n of stream[0]) seen.push(n); } catch (error) { seen.push(error.code ?? error.name); }
    return seen;
  }
  async throws() { try { return await this.service.each(3, (i) => { if (i === 1) throw new TypeError("mine"); return i; }); } catch (error) { return [error.code, error.name, error.message]; } }
  async recurse() { let depth = 0; const again = async () => { depth++; return await this.service.each(1, again); }; try { await this.service.each(1, again); } catch (error) { return { message: error.message, depth }; } }
  async keeps(count) { for (let i = 0; i < count; i++) { try { await this.service.hold(keep("k" + i, () => i)); } catch (error) { return [i, error.code ?? error.name]; } } return count; }
}`;
/** Tries to use what was lent to the service by another. */
const THIEF = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async steal(api, name) {
    try { return await this.kernel.getApi(api).call(name, 1); } catch (error) { return error.code; }
  }
}`;
const LENDER = `
import { keep } from "meta-machine";
export class Module {
  constructor(kernel) { this.service = kernel.getApi("service"); }
  called = 0;
  async lend() { await this.service.hold(keep("secret", () => ++this.called)); return "lent"; }
  count() { return this.called; }
}`;

const FILES = {
  "plugins/service.js": SERVICE,
  "configs/service.yml": "",
  "plugins/attacker.js": ATTACKER,
  "configs/attacker.yml": "grants: {services: [service]}\n",
  "plugins/lender.js": LENDER,
  "configs/lender.yml": "grants: {services: [service]}\n",
  "plugins/thief.js": THIEF,
  "configs/thief.yml": "grants: {services: [service]}\n",
};
const MOST = DEFAULT_LIMITS.open_streams;
/** What one caller may hold of them. */
const SHARE = MOST * 3 / 4;

Deno.test("streams that nobody reads are counted, cost little, and end when they are let go of", async () => {
  await underAttack(FILES, async (attacked) => {
    await attacked.reaches("attacker", ["running"]);
    const pid = (await attacked.module("service")).pid;
    const hoard = await attacked.call<{ open: number; codes: Record<string, number>; made: number }>(
      ...["attacker", "hoard", MOST + 10, 10_000] as const,
    );
    assert.deepEqual([hoard.open, hoard.codes], [SHARE, { quota: MOST + 10 - SHARE }]);
    assert.equal(hoard.made, 0, "nobody has asked for an item");
    await attacked.call("attacker", "drop");
    // Their places are free again.
    const again = await attacked.call<{ open: number }>("attacker", "hoard", MOST, 10);
    assert.equal(again.open, SHARE);
    assert.equal((await attacked.module("service")).pid, pid);
  });
});

Deno.test("a callback's error comes back, callbacks that call back end at call_depth, a stream is read once", async () => {
  await underAttack(FILES, async (attacked) => {
    await attacked.reaches("attacker", ["running"]);
    assert.deepEqual(await attacked.call("attacker", "throws"), ["module_error", "TypeError", "mine"]);
    const { message, depth } = await attacked.call<{ message: string; depth: number }>("attacker", "recurse");
    assert.match(message, /at depth \d+; limits\.call_depth allows/);
    assert.ok(depth <= DEFAULT_LIMITS.call_depth, `${depth}`);
    const seen = await attacked.call<unknown[]>("attacker", "twice");
    assert.deepEqual([seen[0], seen.length <= 2], [1, true], JSON.stringify(seen));
  });
});

Deno.test("a function that is kept is called by whom it was lent to, by nobody else, and at most so many are kept", async () => {
  await underAttack(FILES, async (attacked) => {
    for (const api of ["attacker", "lender", "thief"]) await attacked.reaches(api, ["running"]);
    assert.equal(await attacked.call("lender", "lend"), "lent");
    assert.equal(await attacked.call("service", "use"), 1);
    for (const name of ["secret", "0", "lent", "kept"]) {
      assert.match(String(await attacked.call("thief", "steal", "lender", name)), /^not_granted$/);
      assert.match(String(await attacked.call("thief", "steal", "service", name)), /^no_attribute$/);
    }
    assert.equal(await attacked.call("lender", "count"), 1);
    const kept = await attacked.call<[number, string]>("attacker", "keeps", 300);
    assert.equal(kept[0], 256, JSON.stringify(kept));
  });
});
