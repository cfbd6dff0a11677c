/** Functions, streams and signals over the fence, between real processes. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

const SHOP = `
export class Module {
  ended = 0;
  produced = 0;
  async *rows(count) { try { for (let i = 0; i < count; i++) { this.produced = i + 1; yield { i }; } } finally { this.ended++; } }
  async *until_told(signal) { try { while (!signal.aborted) { yield this.produced++; await new Promise((r) => setTimeout(r, 1)); } } finally { this.ended++; this.ended_at = Date.now(); } }
  async *large(size) { for (let i = 0; i < 3; i++) yield "x".repeat(size); }
  async *breaks(count) { for (let i = 0; i < count; i++) yield i; throw new RangeError("out of rows"); }
  async *doubles(numbers) { for await (const n of numbers) yield n * 2; }
  async each(list, fn) { const out = []; for (const item of list) out.push(await fn(item)); return out; }
  async wait(signal) { await new Promise((r) => signal.addEventListener("abort", r)); this.waited = true; }
  remember(fn) { this.fn = fn; }
  async recall(x) { try { return await this.fn(x); } catch (error) { return error.code; } }
  bytes(n) { return new Uint8Array(n).fill(7); }
  counts() { return { ended: this.ended, produced: this.produced, waited: this.waited ?? false, ended_at: this.ended_at ?? null }; }
}`;
const MIDDLE = `
export class Module {
  constructor(kernel) { this.shop = kernel.getApi("shop"); }
  async *rows(count) { for await (const row of await this.shop.rows(count)) yield row; }
  async each(list, fn) { return await this.shop.each(list, fn); }
}`;
const CLIENT = `
import { keep } from "meta-machine";
export class Module {
  constructor(kernel) { this.kernel = kernel; this.shop = kernel.getApi("shop"); this.middle = kernel.getApi("middle"); }
  async count(api, count) { let n = 0, ordered = true; for await (const { i } of await this[api].rows(count)) ordered &&= i === n++; return { n, ordered }; }
  async some(count) { let n = 0; for await (const _ of await this.shop.rows(1e9)) if (++n === count) break; await this.kernel.sleep(100); return await this.shop.counts(); }
  async large(size) { const sizes = []; for await (const item of await this.shop.large(size)) sizes.push(item.length); return sizes; }
  async broken() { const got = []; try { for await (const n of await this.shop.breaks(3)) got.push(n); } catch (error) { return { got, name: error.name, code: error.code, message: error.message }; } }
  async aborted() {
    const controller = new AbortController();
    let n = 0, told = 0;
    try { for await (const _ of await this.shop.until_told(controller.signal)) if (++n === 20) { told = Date.now(); controller.abort(new Error("enough")); } }
    catch (error) { await this.kernel.sleep(200); const { ended_at } = await this.shop.counts(); return { message: error.message, took: ended_at - told }; }
  }
  async upload(count) { async function* numbers() { for (let i = 0; i < count; i++) yield i; } let sum = 0; for await (const n of await this.shop.doubles(numbers())) sum += n; return sum; }
  async through_two() { const seen = []; const out = await this.middle.each([1, 2, 3], (n) => { seen.push(n); return n * 10; }); return { out, seen }; }
  async late() { await this.shop.remember((n) => n); return await this.shop.recall(1); }
  async kept() {
    const fn = keep("answer", (n) => n + 1);
    await this.shop.remember(fn);
    const answers = [await this.shop.recall(1), await this.shop.recall(2)];
    fn.revoke();
    return [...answers, await this.shop.recall(3)];
  }
  async aborts_a_call() {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    try { await this.shop.wait(controller.signal); } catch (error) { await this.kernel.sleep(100); return { name: error.name, ...await this.shop.counts() }; }
  }
  async not_plain() { try { await this.shop.each([1], { deep: { map: new Map() } }); } catch (error) { return { code: error.code, message: error.message }; } }
  async raw() { const got = await this.shop.bytes(100000); return got.length + " " + got.every((byte) => byte === 7) + " " + (got instanceof Uint8Array); }
}`;

const FILES = {
  "plugins/shop.js": SHOP,
  "configs/shop.yml": "",
  "plugins/middle.js": MIDDLE,
  "configs/middle.yml": "grants: {services: [shop]}\n",
  "plugins/client.js": CLIENT,
  "configs/client.yml": "grants: {services: [shop, middle]}\n",
};

Deno.test("functions, streams, signals and bytes go between modules", async (t) => {
  await using host = await RunningHost.start(FILES);
  const ask = <T>(method: string, ...args: unknown[]) => host.call<T>("client", method, ...args);

  await t.step("a stream comes in order, also through two hops", async () => {
    assert.deepEqual(await ask("count", "shop", 10_000), { n: 10_000, ordered: true });
    assert.deepEqual(await ask("count", "middle", 10_000), { n: 10_000, ordered: true });
  });
  await t.step("a stream that is left half-read ends its producer, which was never far ahead", async () => {
    const { ended, produced } = await ask<{ ended: number; produced: number }>("some", 10);
    assert.equal(ended, 3);
    assert.ok(produced < 2_000, `${produced} rows were made for 10`);
  });
  await t.step("an item may be larger than a piece of a message", async () => {
    assert.deepEqual(await ask("large", 262_000), [262_000, 262_000, 262_000]);
  });
  await t.step("what a producer throws comes to its consumer behind the items before it", async () => {
    const { got, name, code, message } = await ask<Record<string, unknown>>("broken");
    assert.deepEqual([got, name, code, message], [[0, 1, 2], "RangeError", "module_error", "out of rows"]);
  });
  await t.step("a signal among the arguments ends the producer within 100 ms", async () => {
    const { message, took } = await ask<{ message: string; took: number }>("aborted");
    assert.equal(message, "enough");
    assert.ok(took < 100, `it took ${took} ms`);
  });
  await t.step("streams go both ways at once", async () => {
    assert.equal(await ask("upload", 5_000), 5_000 * 4_999);
  });
  await t.step("a function is called back, through two hops", async () => {
    assert.deepEqual(await ask("through_two"), { out: [10, 20, 30], seen: [1, 2, 3] });
  });
  await t.step(
    "a lent function is revoked when its call ends; one that is kept by name when it is revoked",
    async () => {
      assert.equal(await ask("late"), "cancelled");
      assert.deepEqual(await ask("kept"), [2, 3, "cancelled"]);
    },
  );
  await t.step("an aborted call is over at both ends", async () => {
    const { name, waited } = await ask<{ name: string; waited: boolean }>("aborts_a_call");
    assert.deepEqual([name, waited], ["AbortError", true]);
  });
  await t.step("what is not plain is refused with its path", async () => {
    const { code, message } = await ask<Record<string, string>>("not_plain");
    assert.equal(code, "invalid_argument");
    assert.match(message!, /^arguments\[1\]\.deep\.map is a Map/);
  });
  await t.step("bytes are bytes", async () => {
    assert.equal(await ask("raw"), "100000 true true");
  });
  await t.step("an operator, who can't read a stream, is told so", async () => {
    const fault = await host.fault("call", "shop", "rows", "3");
    assert.deepEqual([fault.code, fault.maybe_ran], ["invalid_argument", true]);
    assert.match(fault.message, /the answer is a stream/);
  });
});

Deno.test("a producer that dies ends its stream with a named fault", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "plugins/mortal.js":
      `export class Module { async *rows() { for (let i = 0; i < 10; i++) yield i; await new Promise((r) => setTimeout(r, 50)); for (;;); } }`,
    "configs/mortal.yml": "limits: {liveness_ms: 1000}\n",
    "plugins/reader.js": `export class Module { constructor(kernel) { this.mortal = kernel.getApi("mortal"); }
      async read() { const got = []; try { for await (const n of await this.mortal.rows()) got.push(n); return "ended"; } catch (error) { return { got: got.length, code: error.code, maybe_ran: error.maybe_ran }; } } }`,
    "configs/reader.yml": "grants: {services: [mortal]}\n",
  });
  assert.deepEqual(await host.call("reader", "read"), { got: 10, code: "module_killed", maybe_ran: true });
});
