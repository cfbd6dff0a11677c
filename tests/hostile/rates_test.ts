/** Modules that say or burn more than they may: they are slowed down, told, and in the end ended; nobody else notices. */
import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const ECHO = "export class Module { echo(n) { return n; } size(text) { return text.length; } }";
const CALLER = `
export class Module {
  constructor(kernel) { this.echo = kernel.getApi("echo"); }
  /** Calls all at once; gives how long that took and how many answers were right. */
  async flood(count) {
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: count }, (_, n) => this.echo.echo(n).then((answer) => answer === n)));
    return { ms: performance.now() - began, right: answers.filter(Boolean).length };
  }
  async pour(count, bytes) {
    const began = performance.now();
    for (let i = 0; i < count; i++) await this.echo.size("x".repeat(bytes));
    return performance.now() - began;
  }
}`;

Deno.test("who says more than messages_per_s or bytes_per_s is slowed down to its rate, loses no call, and is told of", async () => {
  await underAttack({
    "plugins/echo.js": ECHO,
    "configs/echo.yml": "",
    "plugins/chatty.js": CALLER,
    "configs/chatty.yml": "grants: {services: [echo]}\nlimits: {messages_per_s: 50}\n",
    "plugins/heavy.js": CALLER,
    "configs/heavy.yml": "grants: {services: [echo]}\nlimits: {bytes_per_s: 100000}\n",
  }, async (attacked) => {
    const [flood, pour] = await Promise.all([
      attacked.call<{ ms: number; right: number }>("chatty", "flood", 150),
      attacked.call<number>("heavy", "pour", 6, 50_000),
    ]);
    // 50 at once and 50 a second more; 100,000 bytes at once and as many a second more.
    assert.equal(flood.right, 150);
    assert.ok(flood.ms > 1_800, `${flood.ms} ms`);
    assert.ok(pour > 1_300, `${pour} ms`);
    for (const [api, limit] of [["chatty", "messages_per_s"], ["heavy", "bytes_per_s"]] as const) {
      const told = (await attacked.events(api)).find(({ detail }) => detail?.["limit"] === limit);
      assert.equal(told?.kind, "limit.hit", `${api} is not told of`);
      const status = await attacked.verb("status", { api });
      assert.ok(status.ok && status.value.modules[0]!.limits![limit]!.hits > 0);
      assert.equal((await attacked.module(api)).restarts, 0);
    }
  });
});

Deno.test("who burns more than cpu_percent by itself is told of, ended after a while, and at last quarantined", async () => {
  await underAttack({
    "plugins/burner.js": `
export class Module {
  hello() { return "hi"; }
  run(signal) {
    // Gives the loop back again and again, so no liveness_ms ends it.
    const spin = () => { for (const end = performance.now() + 20; performance.now() < end;); if (!signal.aborted) setTimeout(spin, 0); };
    spin();
    return new Promise((over) => signal.addEventListener("abort", over));
  }
}`,
    "configs/burner.yml": "limits: {cpu_percent: 5}\nrestart: {max: 0, window_s: 60}\n",
  }, async (attacked) => {
    const { reason, blame } = await attacked.reaches("burner", ["quarantined"], 60_000);
    assert.match(reason!, /^cpu_percent: found \d+, allowed 5$/);
    assert.equal(blame?.limit, "cpu_percent");
    const limits = (await attacked.events("burner")).filter(({ detail }) => detail?.["limit"] === "cpu_percent");
    assert.ok(limits.length >= 2, "told while it burned, and at its end");
  });
});

Deno.test("one caller that floods a service leaves room for another, and is refused by name", async () => {
  await underAttack({
    "plugins/slow.js":
      "export class Module { wait(ms) { return new Promise((over) => setTimeout(() => over(1), ms)); } }",
    "configs/slow.yml": "limits: {calls_in_flight: 8}\n",
    "plugins/greedy.js": `
export class Module {
  constructor(kernel) { this.slow = kernel.getApi("slow"); }
  async flood(count, ms) {
    const codes = {};
    await Promise.all(Array.from({ length: count }, () => this.slow.wait(ms).then(() => "ok", ({ code }) => code).then((code) => codes[code] = (codes[code] ?? 0) + 1)));
    return codes;
  }
}`,
    "configs/greedy.yml": "grants: {services: [slow]}\n",
    "plugins/modest.js": `
export class Module {
  constructor(kernel) { this.slow = kernel.getApi("slow"); }
  ask() { return this.slow.wait(1); }
}`,
    "configs/modest.yml": "grants: {services: [slow]}\n",
  }, async (attacked) => {
    const flood = attacked.call<Record<string, number>>("greedy", "flood", 100, 3_000);
    await until(
      async () =>
        (await attacked.verb("status", { api: "slow" }).then((s) =>
          s.ok && s.value.modules[0]!.limits!["calls_in_flight"]!.now
        )) === 6,
      5_000,
      () => "the flood has not come",
    );
    assert.equal(await attacked.call("modest", "ask"), 1);
    assert.deepEqual(await flood, { ok: 6, rate_limited: 94 });
    const hit = (await attacked.events("slow")).find(({ kind }) => kind === "limit.hit");
    assert.deepEqual([hit?.detail?.["limit"], hit?.detail?.["caller"]], ["calls_in_flight", "greedy"]);
  });
});

Deno.test("many large arguments at once do not end a service: those for which there is no room are refused", async () => {
  await underAttack({
    "plugins/store.js": `
export class Module {
  held = [];
  async take(text) { this.held.push(text); await new Promise((over) => setTimeout(over, 500)); this.held.pop(); return text.length; }
}`,
    "configs/store.yml": "",
    "plugins/sender.js": `
export class Module {
  constructor(kernel) { this.store = kernel.getApi("store"); }
  async send(count, units) {
    const text = "x".repeat(units), codes = {};
    await Promise.all(Array.from({ length: count }, () => this.store.take(text).then(() => "ok", ({ code }) => code).then((code) => codes[code] = (codes[code] ?? 0) + 1)));
    return codes;
  }
}`,
    "configs/sender.yml": "grants: {services: [store]}\nlimits: {memory_mb: 1024}\n",
  }, async (attacked) => {
    const { pid } = await attacked.reaches("store", ["running"]);
    const codes = await attacked.call<Record<string, number>>("sender", "send", 12, 8_000_000);
    assert.ok(codes["ok"]! >= 1 && codes["rate_limited"]! >= 1, JSON.stringify(codes));
    assert.equal((codes["ok"] ?? 0) + (codes["rate_limited"] ?? 0), 12, JSON.stringify(codes));
    assert.deepEqual(await attacked.call("sender", "send", 1, 8_000_000), { ok: 1 });
    assert.equal((await attacked.module("store")).pid, pid, "the service was ended");
  });
});
