import assert from "node:assert/strict";
import { startWorker } from "./start_worker.ts";

Deno.test("timers run with their arguments, can be cleared, and are announced to the guard", async () => {
  await using worker = await startWorker(`export class Module {
    async go() {
      const seen = [];
      const type = typeof setTimeout((a, b) => seen.push(a + b), 5, 1, 2);
      clearTimeout(setTimeout(() => seen.push("cleared"), 1));
      let n = 0; const every = setInterval(() => { seen.push("tick"); if (++n === 2) clearInterval(every); }, 5);
      clearTimeout(undefined); clearInterval(12345);
      await new Promise((done) => setTimeout(done, 60));
      return [type, seen];
    }
  }`);
  const awake = worker.next("awake");
  const [type, seen] = await worker.value("go") as [string, unknown[]];
  assert.equal(type, "number");
  assert.deepEqual(seen.map(String).sort(), ["3", "tick", "tick"]);
  await awake;
  const said = worker.heard.filter((m) => m.t === "awake").length;
  assert.ok(said >= 1 && said <= 2, `awake was said ${said} times in 60 ms`);
});

Deno.test("awake is out before a callback that never ends", async () => {
  await using worker = await startWorker(
    `export class Module { hang() { setTimeout(() => { const until = Date.now() + 400; while (Date.now() < until); }, 20); } }`,
  );
  const from = performance.now();
  const awake = worker.next("awake").then(() => performance.now() - from);
  await worker.value("hang");
  assert.ok(await awake < 300, "awake came after the callback");
  await worker.value("hang");
});

Deno.test("handlers made of text are refused", async () => {
  await using worker = await startWorker(`export class Module {
    go() { return [() => setTimeout("globalThis.x = 1", 0), () => setInterval("x"), () => setTimeout(), () => queueMicrotask("x")].map((act) => { try { act(); return "ok"; } catch (e) { return e.name; } }); }
  }`);
  assert.deepEqual(await worker.value("go"), ["TypeError", "TypeError", "TypeError", "TypeError"]);
});

Deno.test("the last timer within limits.timers is set, the next one is refused and told", async () => {
  await using worker = await startWorker(
    `export class Module {
    go(n) { const ids = []; try { for (let i = 0; i < n; i++) ids.push(setTimeout(() => {}, 60_000)); } catch (e) { return [ids.length, e.code]; } finally { ids.forEach(clearTimeout); } return ids.length; }
    signal(n) { try { for (let i = 0; i < n; i++) AbortSignal.timeout(60_000); return "all"; } catch (e) { return e.code; } }
  }`,
    { limits: { timers: 3 } },
  );
  assert.equal(await worker.value("go", [3]), 3);
  const limit = worker.next("limit");
  assert.deepEqual(await worker.value("go", [4]), [3, "quota"]);
  assert.deepEqual(await limit, { t: "limit", limit: "timers", found: 4, allowed: 3 });
  assert.equal(await worker.value("signal", [4]), "quota");
});

Deno.test("AbortSignal.timeout and any work on the module's timers", async () => {
  await using worker = await startWorker(`export class Module {
    async go() { const s = AbortSignal.any([AbortSignal.timeout(5), new AbortController().signal]); await new Promise((done) => s.addEventListener("abort", done)); return [s.aborted, s.reason.name]; }
  }`);
  assert.deepEqual(await worker.value("go"), [true, "TimeoutError"]);
});

Deno.test("clocks show whole milliseconds", async () => {
  await using worker = await startWorker(`export class Module {
    go() { return [performance.now(), Temporal.Now.instant().epochNanoseconds % 1_000_000n, new Event("x").timeStamp, Temporal.Now.zonedDateTimeISO().microsecond, Object.keys(performance),
      Temporal.Now.plainDateISO().year, Temporal.Now.plainTimeISO().nanosecond, Temporal.Now.plainDateTimeISO("UTC").microsecond]; }
  }`);
  const [now, nanoseconds, stamp, micro, keys, year, nano, micro2] = await worker.value("go") as unknown[];
  assert.ok(Number.isInteger(now) && Number.isInteger(stamp));
  assert.deepEqual([nanoseconds, micro, keys, nano, micro2], [0n, 0, ["now"], 0, 0]);
  assert.ok(Number(year) >= 2026);
});
