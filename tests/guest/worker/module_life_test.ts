import assert from "node:assert/strict";
import { beginWorker, startWorker } from "./start_worker.ts";

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

Deno.test("run is started by the message alone, once, and its end is told", async () => {
  await using worker = await startWorker(
    `export class Module { runs = 0; async run(signal) { this.runs++; await null; } look() { return this.runs; } }`,
  );
  assert.equal(worker.heard.some((m) => m.t === "ready" && m.has_run), true);
  assert.equal(await worker.value("look"), 0);
  const ended = worker.next("ended");
  worker.send({ t: "run" }, { t: "run" });
  assert.deepEqual(await ended, { t: "ended", what: "run" });
  assert.equal(await worker.value("look"), 1);
});

Deno.test("a run that throws is told as failed, and the module serves on", async () => {
  await using worker = await startWorker(
    `export class Module { async run() { await null; throw new TypeError("no disk"); } look() { return 1; } }`,
  );
  const failed = worker.next("failed");
  worker.send({ t: "run" });
  const { phase, fault, stack } = await failed;
  assert.deepEqual([phase, fault.code, fault.message, fault.name], ["run", "module_error", "no disk", "TypeError"]);
  assert.match(stack!, /plugin:\/\/\/notes/);
  assert.equal(await worker.value("look"), 1);
  assert.equal(worker.heard.some((m) => m.t === "ended"), false);
});

Deno.test("shutdown calls the module, aborts run's signal, ends sleeps at once, waits for both and clears timers", async () => {
  await using worker = await startWorker(`export class Module {
    isRunning = true;
    constructor(kernel) { this.kernel = kernel; }
    async run(signal) {
      setInterval(() => console.log("tick"), 10);
      while (this.isRunning) await this.kernel.sleep(60_000);
      console.log("run ended " + signal.aborted + " " + signal.reason.name);
    }
    async shutdown() { this.isRunning = false; await new Promise((done) => setTimeout(done, 30)); console.log("shutdown ended"); }
  }`);
  worker.send({ t: "run" });
  await wait(30);
  const from = performance.now();
  const ended = worker.next("ended", ({ what }) => what === "shutdown");
  worker.send({ t: "shutdown" });
  await ended;
  assert.ok(performance.now() - from < 2_000);
  const lines = worker.heard.filter((m) => m.t === "log").map((m) => m.text);
  assert.ok(lines.includes("run ended true AbortError") && lines.includes("shutdown ended"), lines.join());
  const ends = worker.heard.filter((m) => m.t === "ended").map((m) => m.what);
  assert.deepEqual(ends, ["run", "shutdown"]);
  await wait(50);
  const ticks = () => worker.heard.filter((m) => m.t === "log" && m.text === "tick").length;
  const before = ticks();
  await wait(50);
  assert.equal(ticks(), before);
});

Deno.test("a module that sleeps for ever after its shutdown does not hold the loop", async () => {
  await using worker = await startWorker(
    `export class Module { constructor(kernel) { this.kernel = kernel; } rounds = 0; async run() { while (true) { this.rounds++; await this.kernel.sleep(60_000); } } look() { return this.rounds; } }`,
  );
  worker.send({ t: "run" }, { t: "shutdown" });
  await wait(200);
  const rounds = Number(await worker.value("look"));
  assert.ok(rounds > 2 && rounds < 60, String(rounds));
  assert.equal(worker.heard.some((m) => m.t === "ended"), false);
});

Deno.test("a shutdown that throws is told, and has ended", async () => {
  await using worker = await startWorker(`export class Module { shutdown() { throw new Error("stuck"); } }`);
  const ended = worker.next("ended");
  worker.send({ t: "shutdown" });
  await ended;
  assert.deepEqual(worker.heard.filter((m) => m.t === "failed").map((m) => [m.phase, m.fault.message]), [[
    "shutdown",
    "stuck",
  ]]);
});

Deno.test("what nobody caught is told, counted, and the Worker goes on", async () => {
  await using worker = await startWorker(`export class Module {
    storm() {
      setTimeout(() => { throw new Error("timer"); }, 1);
      Promise.reject(new Error("rejection"));
      queueMicrotask(() => { throw new Error("microtask"); });
      const target = new EventTarget(); target.addEventListener("x", () => { throw new Error("listener"); }); target.dispatchEvent(new Event("x"));
      const id = setInterval(() => { clearInterval(id); throw new Error("interval"); }, 1);
      Promise.reject("text");
    }
  }`);
  const last = worker.next("failed", ({ fault }) => fault.message === "interval");
  await worker.value("storm");
  await last;
  await wait(20);
  const told = worker.heard.filter((m) => m.t === "failed");
  assert.deepEqual(told.map(({ fault }) => fault.message).sort(), [
    "interval",
    "listener",
    "microtask",
    "rejection",
    "text",
    "timer",
  ]);
  assert.ok(told.every(({ phase, fault }) => phase === "uncaught" && fault.code === "module_error"));
  const pong = worker.next("pong");
  worker.send({ t: "ping", seq: 7 });
  const { seq, error_count, last_error_time, active_tasks } = await pong;
  assert.deepEqual([seq, error_count, active_tasks], [7, 6, 0]);
  assert.ok(Math.abs(last_error_time! - Date.now() / 1000) < 60);
  assert.deepEqual(worker.leaked, []);
});

Deno.test("a storm of rejections is counted in full and told ten times a second", async () => {
  await using worker = await startWorker(
    `export class Module { storm(n) { for (let i = 0; i < n; i++) Promise.reject(new Error("x")); } }`,
  );
  await worker.value("storm", [5_000]);
  await wait(100);
  const pong = worker.next("pong");
  worker.send({ t: "ping", seq: 1 });
  assert.equal((await pong).error_count, 5_000);
  assert.ok(worker.heard.filter((m) => m.t === "failed").length <= 20);
});

Deno.test("pong counts calls being served, run and timers", async () => {
  await using worker = await startWorker(
    `export class Module { constructor(k) { this.k = k; } async run() { await new Promise(() => {}); } wait() { return new Promise(() => {}); } timer() { setTimeout(() => {}, 60_000); } }`,
  );
  worker.send({ t: "run" }, worker.order("wait", []).order, worker.order("wait", []).order);
  await worker.value("timer");
  const pong = worker.next("pong");
  worker.send({ t: "ping", seq: 1 });
  assert.equal((await pong).active_tasks, 4);
});

Deno.test("a module that can't be made is told as failed with the reason", async () => {
  const cases: [string, RegExp][] = [
    ["export class Other {}", /^Module 'notes' failed to load: TypeError: it exports no class named 'Module'$/],
    ["export class Module { constructor() { throw new RangeError('bad config'); } }", /: RangeError: bad config$/],
    ["export const Module = () => {};", /is not a constructor/],
    ["export class Module {", /load: (Syntax|Type)Error/],
    ["throw new Error('top'); export class Module {}", /: Error: top$/],
    ['import x from "kysely"; export class Module {}', /import of 'kysely' is not allowed/],
    [
      'import { nothing } from "meta-machine"; export class Module { x = nothing }',
      /does not provide an export named 'nothing'/,
    ],
  ];
  for (const [code, message] of cases) {
    await using worker = await beginWorker("", { raw: code });
    const { phase, fault, stack } = await worker.next("failed");
    assert.deepEqual([phase, fault.code], ["load", "load_failed"]);
    assert.match(fault.message, message);
    assert.equal(typeof stack, "string");
  }
});
