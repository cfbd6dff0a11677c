import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

/** Calls its partner, who calls back, until somebody refuses. */
const MIRROR = (partner: string) => `
export class Module {
  constructor(kernel) { this.kernel = kernel; this.partner = kernel.getApi("${partner}"); this.self = kernel.getApi("${
  partner === "b" ? "a" : "b"
}"); }
  async ping_pong(depth) {
    try { return await this.partner.ping_pong(depth + 1); } catch (error) { return { depth, code: error.code, message: error.message }; }
  }
  async fan_out(depth) {
    const answers = await Promise.allSettled([1, 2, 3].map(() => this.partner.fan_out(depth + 1)));
    const codes = {};
    for (const { value, reason } of answers) {
      const found = value ?? { [reason.code]: 1 };
      for (const key of Object.keys(found)) codes[key] = (codes[key] ?? 0) + found[key];
    }
    return codes;
  }
  hang() { return new Promise(() => {}); }
  async waits() { const since = performance.now(); try { await this.partner.hang(); } catch (error) { return { code: error.code, message: error.message, ms: performance.now() - since, maybe_ran: error.maybe_ran }; } }
  async shed(n) { setTimeout(() => this.partner.shed(n + 1).catch(() => {}), 0); this.shed_count = (this.shed_count ?? 0) + 1; return n; }
  sheds() { return this.shed_count ?? 0; }
}`;

Deno.test("a fan-out that triples at each step is bounded by calls_in_flight; every call of it ends", async () => {
  await underAttack({
    "plugins/a.js": MIRROR("b"),
    "configs/a.yml": "grants: {services: [b]}\nlimits: {memory_mb: 512}\n",
    "plugins/b.js": MIRROR("a"),
    "configs/b.yml": "grants: {services: [a]}\nlimits: {memory_mb: 512}\n",
  }, async (attacked) => {
    const codes = await attacked.call<Record<string, number>>("a", "fan_out", 1);
    assert.ok(codes.rate_limited! > 0, JSON.stringify(codes));
    assert.deepEqual(Object.keys(codes).filter((code) => !["rate_limited", "too_deep"].includes(code)), []);
    const { active_tasks } = await attacked.module("a");
    assert.equal(active_tasks, 0);
  });
});

Deno.test("a service that never answers: the call ends at the callee's call_timeout_ms, cut by the caller's own time", async () => {
  await underAttack({
    "plugins/a.js": MIRROR("b"),
    "configs/a.yml": "grants: {services: [b]}\nlimits: {call_timeout_ms: 1500}\n",
    "plugins/b.js": MIRROR("a"),
    "configs/b.yml": "grants: {services: [a]}\nlimits: {call_timeout_ms: 500}\n",
  }, async (attacked) => {
    const { code, message, ms, maybe_ran } = await attacked.call<
      { code: string; message: string; ms: number; maybe_ran: boolean }
    >("a", "waits");
    assert.deepEqual({ code, message, maybe_ran }, {
      code: "timeout",
      message: "'b.hang' did not answer within 500 ms",
      maybe_ran: true,
    });
    assert.ok(ms >= 490 && ms < 1_000, `${ms} ms`);
    const direct = await attacked.fault("a", "hang");
    assert.equal(direct.message, "'a.hang' did not answer within 1500 ms");
    // The caller had 500 ms itself: what it calls has no more.
    const nested = await attacked.fault("b", "waits");
    assert.equal(nested.code, "timeout");
  });
});
