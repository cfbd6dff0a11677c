import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const FLOOD = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  fine() { return "fine"; }
  logs() { for (let i = 0; i < 1_000_000; i++) console.log("flood " + i); return "logged"; }
  long_logs() { for (let i = 0; i < 2_000; i++) console.error("x".repeat(1_000_000) + i); return "logged"; }
  async calls() {
    const neighbour = this.kernel.getApi("sink"), codes = {};
    const all = [];
    for (let i = 0; i < 1_000_000; i++) {
      all.push(neighbour.ping(i).then((n) => n === i ? "ok" : "wrong", (error) => error.code));
      if (all.length === 20_000) { for (const code of await Promise.all(all.splice(0))) codes[code] = (codes[code] ?? 0) + 1; if (i > 30_000) break; }
    }
    return codes;
  }
  async refused() {
    const codes = {};
    const nobody = this.kernel.getApi("nobody");
    for (let i = 0; i < 20; i++) {
      const all = Array.from({ length: 1000 }, () => nobody.ping().catch((error) => { codes[error.code] = (codes[error.code] ?? 0) + 1; }));
      await Promise.all(all);
    }
    return codes;
  }
  async big() {
    const neighbour = this.kernel.getApi("sink"), codes = {};
    const megabyte = "x".repeat(1_000_000);
    await Promise.all(Array.from({ length: 60 }, (_, i) => neighbour.ping(megabyte).then((back) => back.length === 1_000_000 ? "ok" : "wrong", (error) => error.code)
      .then((code) => { codes[code] = (codes[code] ?? 0) + 1; })));
    return codes;
  }
  async too_big() { return await this.kernel.getApi("sink").ping("x".repeat(9_000_000)).catch((error) => error.code + ": " + error.message); }
  async kernel_calls() {
    const codes = {};
    for (let i = 0; i < 10; i++) {
      await Promise.all(Array.from({ length: 1000 }, () => this.kernel.secret("X").catch((error) => { codes[error.code] = (codes[error.code] ?? 0) + 1; })));
    }
    return codes;
  }
  async abandoned() {
    for (let i = 0; i < 3_000; i++) this.kernel.getApi("sink").slow(100).catch(() => {});
    return "left";
  }
  errors(n) { for (let i = 0; i < n; i++) Promise.reject(new Error("unheard " + i)); return "thrown"; }
}`;

const SINK = `export class Module {
  ping(n) { return n; }
  slow(ms) { return new Promise((resolve) => setTimeout(() => resolve("slow"), ms)); }
}`;

Deno.test("a flood of logs is cut to log_lines_per_s", async () => {
  await underAttack({ "plugins/flood.js": FLOOD, "configs/flood.yml": "" }, async (attacked) => {
    assert.equal(await attacked.call("flood", "logs"), "logged");
    await attacked.call("flood", "long_logs");
    const logs = await attacked.logs("flood");
    assert.ok(logs.length >= 200 && logs.length <= 200 * 10, `${logs.length} lines`);
    const { size } = await Deno.stat(`${attacked.home}/runtime/logs/host.jsonl`);
    assert.ok(size < 20_000_000, `${size} bytes of log`);
  });
});

Deno.test("a flood of calls ends in one named fault for each call that is too many, and nobody else waits", async () => {
  await underAttack({
    "plugins/flood.js": FLOOD,
    "configs/flood.yml": "grants: {services: [sink]}\nlimits: {memory_mb: 512}\n",
    "plugins/sink.js": SINK,
    "configs/sink.yml": "limits: {memory_mb: 512}\n",
  }, async (attacked) => {
    assert.deepEqual(await attacked.call("flood", "refused"), { not_granted: 20_000 });
    const { not_granted = 0, rate_limited = 0 } = await attacked.call<Record<string, number>>("flood", "kernel_calls");
    assert.ok(not_granted > 0 && not_granted + rate_limited === 10_000, `${not_granted} and ${rate_limited} refusals`);
    const too_large = "too_large: the message is larger than the 8388608 bytes its receiver takes";
    assert.equal(await attacked.call("flood", "too_big"), too_large);
    const big = await attacked.call<Record<string, number>>("flood", "big");
    assert.ok(big.ok! > 0 && big.ok! + big.rate_limited! === 60, JSON.stringify(big));
    const calls = await attacked.call<Record<string, number>>("flood", "calls");
    assert.ok(calls.ok! >= 256 && calls.rate_limited! > 0 && !calls.wrong, JSON.stringify(calls));
    assert.equal(await attacked.call("flood", "abandoned"), "left");
    await until(
      async () => (await attacked.tryCall("sink", "ping", 1)).ok,
      3_000,
      () => "the service is not free again",
    );
  });
});

Deno.test("a flood of errors that nobody catches costs its own module only", async () => {
  await underAttack({ "plugins/flood.js": FLOOD, "configs/flood.yml": "" }, async (attacked) => {
    await attacked.tryCall("flood", "errors", 1_000);
    await until(async () => (await attacked.module("flood")).restarts > 0, 5_000, () => "it was not started again");
    await attacked.reaches("flood", ["running"]);
    const said = (await attacked.logs("flood")).filter(({ message }) => message.includes("unheard"));
    assert.ok(said.length > 0 && said.length < 100, `${said.length} lines`);
  });
});
