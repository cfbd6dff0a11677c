import assert from "node:assert/strict";
import { startWorker } from "../guest/worker/start_worker.ts";

Deno.test("a loop of a million calls without an await ends with the bound of calls sent and the rest rate_limited", async () => {
  await using worker = await startWorker(
    `export class Module {
    constructor(kernel) { this.kernel = kernel; }
    go(n) { const h = this.kernel.getApi("x"); this.codes = {}; const count = (e) => { this.codes[e.code] = (this.codes[e.code] ?? 0) + 1; }; for (let i = 0; i < n; i++) h.f(i).catch(count); }
    look() { return this.codes; }
  }`,
    { limits: { calls_in_flight: 10 } },
  );
  await worker.call("go", [1_000_000], { ms: 60_000 });
  assert.deepEqual(await worker.value("look"), { rate_limited: 1_000_000 - 160 });
  assert.equal(worker.heard.filter((m) => m.t === "call").length, 160);
});

Deno.test("a flood of log lines is cut at its source", async () => {
  await using worker = await startWorker(
    `export class Module { go(n) { for (let i = 0; i < n; i++) console.log("line", i); } }`,
  );
  await worker.value("go", [200_000]);
  const lines = worker.heard.filter((m) => m.t === "log").length;
  assert.ok(lines <= 200 * 3, String(lines));
});

Deno.test("a storm of timers is told to the guard a few times, not once for each", async () => {
  await using worker = await startWorker(
    `export class Module { async go(n) { let left = n; await new Promise((done) => { for (let i = 0; i < n; i++) setTimeout(() => { if (--left === 0) done(); }, 1); }); } }`,
  );
  await worker.value("go", [9_000]);
  assert.ok(worker.heard.filter((m) => m.t === "awake").length < 20);
});
