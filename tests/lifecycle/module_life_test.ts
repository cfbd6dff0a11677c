import assert from "node:assert/strict";
import { noRoom } from "../../kernel/cell/mod.ts";
import { fault } from "../../kernel/contract/fault.ts";
import type { ApiName } from "../../kernel/contract/names.ts";
import type { Step } from "../../kernel/lifecycle/mod.ts";
import { refusing, ScriptedHost } from "./scripted_host.ts";

const A = "a" as ApiName;

Deno.test("a module is started: bundle, cell, load, route, run", async () => {
  const host = new ScriptedHost();
  const shell = await host.running("a");
  assert.deepEqual(shell.told, ["load 1.1", "run 1.1"]);
  const { api, home, hash, limits } = shell.orders.get("1.1" as never)!;
  assert.deepEqual([api, home, hash, limits.load_ms], ["a", "/home", host.life("a").wanted.hash, 5_000]);
  assert.deepEqual(host.kinds("a"), ["starting", "ready"]);
});

Deno.test("a reload brings the new one up first, then routes, then drains the old one, and runs the new one when that has ended", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { never_ends: true };
  const old = await host.running("a");
  host.behaviours.a.hangs = true;
  const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
  await host.settle();
  const fresh = host.shells.at(-1)!;
  assert.deepEqual([host.life("a").state, host.life("a").current?.id, old.told.at(-1)], [
    "reloading",
    "1.1",
    "run 1.1",
  ]);
  fresh.loaded("1.2" as never);
  await host.settle(reloading);
  assert.deepEqual([host.life("a").state, host.life("a").current?.id], ["running", "1.2"]);
  assert.deepEqual([old.told.at(-1), fresh.told], ["shutdown 1.1", ["load 1.2"]]);
  assert.equal(host.kinds("a").at(-1), "reloaded");
  old.ended("1.1" as never);
  await host.settle();
  assert.deepEqual([old.told.at(-1), fresh.told.at(-1)], ["unload 1.1", "run 1.2"]);
  assert.deepEqual(host.alive, [fresh]);
});

Deno.test("an old instance that does not end is taken away at drain_ms, and only then the new one runs", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { never_ends: true };
  const old = await host.running("a", "limits: {drain_ms: 1000, shutdown_ms: 200}");
  await host.settle(host.life("a").reload(await host.planned("a", "x: 2")));
  const fresh = host.shells.at(-1)!;
  await host.pass(950);
  assert.ok(!fresh.told.includes("run 1.2"));
  await host.pass(100);
  assert.deepEqual([fresh.told.includes("run 1.2"), host.alive.includes(old)], [true, false]);
});

Deno.test("a reload that fails keeps the old one serving, and says why", async () => {
  const host = new ScriptedHost();
  const old = await host.running("a");
  const failures = [
    () => host.behaviours.a = { fails: fault("load_failed", "SyntaxError") },
    () => host.behaviours.a = { dies: true },
    () => {
      host.behaviours.a = {};
      host.bundle = () => Promise.resolve(refusing("load_failed", "imports what is not granted"));
    },
    () => host.bundle = () => Promise.reject(new Error("a defect")),
  ];
  for (const [n, fail] of failures.entries()) {
    fail();
    await host.settle(host.life("a").reload(await host.planned("a", `x: ${n}`)));
    assert.deepEqual([host.life("a").state, host.life("a").current?.id], ["running", "1.1"]);
    assert.ok(host.life("a").figures.reason);
    assert.equal(host.kinds("a").at(-1), "failed");
  }
  assert.deepEqual([host.alive, old.told], [[old], ["load 1.1", "run 1.1"]]);
  host.bundle = () => Promise.resolve({ ok: true, value: "" });
  await host.settle(host.life("a").reload(await host.planned("a", "x: mended")));
  assert.deepEqual([host.life("a").figures.reason, host.life("a").current?.id.startsWith("1.")], [undefined, true]);
});

Deno.test("stop_start ends the old one before the new one loads; calls wait", async () => {
  const host = new ScriptedHost();
  const old = await host.running("a", "reload: stop_start");
  const reloading = host.life("a").reload(await host.planned("a", "reload: stop_start\nx: 2"));
  await host.settle();
  const { outcome } = host.broker.callAsOperator({
    api: "a",
    aspect: "default",
    name: "do",
    payload: new Uint8Array(),
  });
  await host.settle(reloading);
  const fresh = host.shells.at(-1)!;
  assert.deepEqual(old.told, ["load 1.1", "run 1.1", "shutdown 1.1", "bye", "unload 1.1"]);
  assert.deepEqual([host.life("a").current?.id, host.alive], ["1.2", [fresh]]);
  fresh.link.say({ t: "reply", id: (await fresh.link.next("call")).id, ok: true });
  assert.equal((await outcome).ok, true);
});

Deno.test("stop_start goes back to the former version when the new one fails, and still says why", async () => {
  const host = new ScriptedHost();
  await host.running("a", "reload: stop_start");
  const loads: string[] = [];
  host.bundle = ({ spec }) => {
    loads.push(String(spec.own.x));
    return Promise.resolve(spec.own.x === 2 ? refusing("load_failed", "broken") : { ok: true, value: "" });
  };
  await host.settle(host.life("a").reload(await host.planned("a", "reload: stop_start\nx: 2")));
  assert.deepEqual(loads, ["2", "undefined"]);
  assert.deepEqual([host.life("a").state, host.life("a").figures.reason], ["running", "broken"]);
  assert.equal(host.life("a").wanted.spec.own.x, 2, "it is not tried again by itself");
});

Deno.test("a source that does not load leaves the module failed, and calls are refused at once", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { fails: fault("load_failed", "SyntaxError at plugin:///a.ts:3") };
  const planned = await host.planned("a");
  await host.settle(host.lives.apply({ kind: "start", api: A, planned }));
  assert.deepEqual([host.life("a").state, host.life("a").figures.reason, host.alive.length], [
    "failed",
    "SyntaxError at plugins/a.ts:3",
    0,
  ]);
  await host.pass(10_000, 500);
  assert.equal(host.shells.length, 1, "it is not tried again by itself");
  const answer = await host.broker.callAsOperator({
    api: "a",
    aspect: "default",
    name: "do",
    payload: new Uint8Array(),
  }).outcome;
  assert.equal(answer.ok || answer.fault.code, "service_down");
  assert.match(answer.ok ? "" : answer.fault.hint ?? "", /newest source was refused .*`status a` says why/);
  host.behaviours.a = {};
  await host.settle(host.life("a").reload(await host.planned("a", "x: 2")));
  assert.equal(host.life("a").state, "running");
});

Deno.test("a crash ends the calls with module_killed, restarts at once, then with back-off, then quarantines; lift starts afresh", async () => {
  const host = new ScriptedHost();
  await host.running("a", "restart: {max: 3, window_s: 60}");
  const waits: number[] = [];
  for (let n = 0; n < 3; n++) {
    const shell = host.alive.at(-1)!;
    const call = host.broker.callAsOperator({ api: "a", aspect: "default", name: "do", payload: new Uint8Array() });
    await host.settle();
    shell.exit();
    const answer = await call.outcome;
    assert.deepEqual([answer.ok || answer.fault.code, answer.ok || answer.fault.maybe_ran], ["module_killed", true]);
    assert.equal(host.life("a").state, "restarting");
    const before = host.clock.monotonic();
    for (let i = 0; i < 40 && host.life("a").state !== "running"; i++) await host.pass(25, 25);
    waits.push(host.clock.monotonic() - before);
  }
  assert.deepEqual(waits.map((ms) => ms <= 25 ? "at once" : ms <= 75 ? "short" : ms <= 125 ? "longer" : ms), [
    "at once",
    "short",
    "longer",
  ]);
  host.alive.at(-1)!.exit();
  await host.settle();
  const { state, reason, restarts } = host.life("a").figures;
  assert.deepEqual([state, reason, restarts], ["quarantined", "killed by SIGKILL", 3]);
  assert.match(
    host.log.at(-1)!,
    /restarted 3 times within 60 s, now quarantined: killed by SIGKILL; mend it, then 'quarantine lift a'/,
  );
  const answer = await host.broker.callAsOperator({
    api: "a",
    aspect: "default",
    name: "do",
    payload: new Uint8Array(),
  }).outcome;
  assert.equal(answer.ok || answer.fault.code, "quarantined");
  await host.pass(5_000, 500);
  assert.equal(host.life("a").state, "quarantined");
  await host.settle(host.life("a").again());
  assert.deepEqual([host.life("a").state, host.kinds("a").filter((kind) => kind === "quarantined").length], [
    "running",
    1,
  ]);
  host.alive.at(-1)!.exit();
  await host.pass(25, 25);
  assert.equal(host.life("a").state, "running", "a clean record");
});

Deno.test("crashes that lie apart are not counted together", async () => {
  const host = new ScriptedHost();
  await host.running("a", "restart: {max: 1, window_s: 1}");
  for (let n = 0; n < 3; n++) {
    host.alive.at(-1)!.exit();
    await host.pass(1_100);
    assert.equal(host.life("a").state, "running");
  }
});

Deno.test("calls made during a restart wait for it", async () => {
  const host = new ScriptedHost();
  const shell = await host.running("a");
  shell.exit();
  const call = host.broker.callAsOperator({ api: "a", aspect: "default", name: "do", payload: new Uint8Array() });
  await host.pass(25, 25);
  const fresh = host.alive.at(-1)!;
  fresh.link.say({ t: "reply", id: (await fresh.link.next("call")).id, ok: true });
  assert.equal((await call.outcome).ok, true);
});

Deno.test("a run that fails restarts the module in a fresh Worker, and is told", async () => {
  const host = new ScriptedHost();
  const shell = await host.running("a");
  shell.failed("1.1" as never, "run", fault("module_error", "out of paper"));
  await host.settle();
  await host.pass(25, 25);
  const { state, errors } = host.life("a").figures;
  assert.deepEqual([state, errors, host.life("a").current?.id], ["running", 1, "1.2"]);
  assert.deepEqual([shell.told.slice(-2), host.alive.length], [["bye", "unload 1.1"], 1]);
  assert.deepEqual(host.kinds("a"), ["starting", "ready", "failed", "starting", "ready"]);
  assert.match(host.log[0]!, /its run\(\) failed: out of paper/);
});

Deno.test("a failing shutdown is counted and changes nothing", async () => {
  const host = new ScriptedHost();
  const shell = await host.running("a");
  shell.failed("1.1" as never, "shutdown", fault("module_error", "no"));
  await host.settle();
  assert.deepEqual([host.life("a").figures.errors, host.life("a").current?.id], [1, "1.1"]);
});

Deno.test("a failure is the business of the module in whose cell it happened, and of no other", async () => {
  const host = new ScriptedHost();
  const [a, b] = [await host.running("a"), await host.running("b")];
  b.failed("1.1" as never, "uncaught", fault("module_error", "a lie about a"));
  b.failed("1.2" as never, "shutdown", fault("module_error", "true of b"));
  await host.settle();
  assert.deepEqual([host.life("a").figures.errors, host.life("a").current?.id], [0, "1.1"]);
  assert.equal(host.life("b").figures.errors, 1);
  assert.ok(host.alive.includes(a));
});

Deno.test("a process that ends takes only its own seats with it, whatever figures it has told", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  const b = await host.running("b");
  const figures = {
    rss: 1,
    cpu_ms: 1,
    instances: [{ instance: "1.1", active_tasks: 0, error_count: 0, last_error_time: null }],
  };
  b.link.say({ t: "figures" }, new TextEncoder().encode(JSON.stringify(figures)));
  await host.settle();
  b.exit();
  assert.equal(host.broker.knows("1.1" as never), true);
});

Deno.test("a process that dies between load and route leaves the old one serving", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  host.behaviours.a = { hangs: true };
  const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
  await host.settle();
  const fresh = host.shells.at(-1)!;
  fresh.loaded("1.2" as never);
  await Promise.resolve();
  fresh.exit();
  await host.settle(reloading);
  assert.deepEqual([host.life("a").state, host.broker.knows(host.life("a").current!.id)], ["running", true]);
});

Deno.test("a process that dies while the module is started for the first time is tried again", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { dies: true };
  const starting = host.lives.apply({ kind: "start", api: A, planned: await host.planned("a") });
  await host.settle(starting);
  assert.equal(host.life("a").state, "restarting");
  host.behaviours.a = {};
  await host.pass(25, 25);
  assert.equal(host.life("a").state, "running");
});

Deno.test("a reload asked for during the back-off takes its place", async () => {
  const host = new ScriptedHost();
  await host.running("a", "restart: {max: 5, window_s: 60}");
  host.alive.at(-1)!.exit();
  await host.pass(25, 25);
  host.alive.at(-1)!.exit();
  await host.settle();
  assert.equal(host.life("a").state, "restarting");
  await host.settle(host.life("a").reload(await host.planned("a", "x: 2")));
  const id = host.life("a").current?.id;
  assert.equal(host.life("a").state, "running");
  await host.pass(5_000, 250);
  assert.deepEqual([host.life("a").current?.id, host.alive.length], [id, 1]);
});

Deno.test("of several reloads asked for while one is under way only the last is carried out", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  const bundled: unknown[] = [];
  host.bundle = ({ spec }) => {
    bundled.push(spec.own.x);
    return Promise.resolve({ ok: true, value: "" });
  };
  const life = host.life("a");
  const reloads = [];
  for (const x of [1, 2, 3]) reloads.push(life.reload(await host.planned("a", `x: ${x}`)));
  await host.settle(Promise.all(reloads));
  assert.deepEqual([bundled.at(-1), bundled.length <= 2, life.current?.planned.spec.own.x], [3, true, 3]);
});

Deno.test("a relabel while a reload waits does not swallow it", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  const life = host.life("a");
  host.behaviours.a = { hangs: true };
  const first = life.reload(await host.planned("a", "x: 1"));
  await host.settle();
  const wanted = await host.planned("a", "x: 2");
  const second = life.reload(wanted);
  life.relabel({ ...wanted, spec: { ...wanted.spec, config: "configs/a-v2.yml" } });
  host.behaviours.a = {};
  host.shells.at(-1)!.loaded("1.2" as never);
  await host.settle(Promise.all([first, second]));
  assert.deepEqual([life.current?.planned.spec.own.x, life.state], [2, "running"]);
});

Deno.test("a stop during a start leaves nothing behind", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { hangs: true };
  const starting = host.lives.apply({ kind: "start", api: A, planned: await host.planned("a") });
  await host.settle();
  const stopping = host.lives.apply({ kind: "stop", api: A });
  host.shells[0]!.loaded("1.1" as never);
  await host.settle(Promise.all([starting, stopping]));
  await host.pass(1_000);
  assert.deepEqual([host.alive, host.lives.get("a"), host.broker.knows("1.1" as never)], [[], undefined, false]);
  assert.ok(!host.shells[0]!.told.includes("run 1.1"));
});

Deno.test("a stop during the back-off ends it", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  host.alive[0]!.exit();
  await host.settle(host.lives.apply({ kind: "stop", api: A }));
  await host.pass(6_000, 500);
  assert.deepEqual([host.alive, host.lives.get("a"), host.clock.pending], [[], undefined, 0]);
});

Deno.test("stopping ends calls, tools and the process, and is told once, also when asked twice", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { tools: ["read"] };
  const shell = await host.running("a");
  const life = host.life("a");
  assert.equal(host.tools.list().length, 1);
  const stop: Step = { kind: "stop", api: A };
  await host.settle(Promise.all([host.lives.apply(stop), host.lives.apply(stop), life.stop()]));
  assert.deepEqual(shell.told.slice(-3), ["shutdown 1.1", "bye", "unload 1.1"]);
  assert.deepEqual([host.tools.list(), host.kinds("a").filter((kind) => kind === "stopped").length], [[], 1]);
  const answer = await host.broker.callAsOperator({
    api: "a",
    aspect: "default",
    name: "do",
    payload: new Uint8Array(),
  }).outcome;
  assert.equal(answer.ok || answer.fault.code, "service_down");
});

Deno.test("a tool name that another module has is refused when loading, also when both load at once", async () => {
  const host = new ScriptedHost();
  host.behaviours["a/b"] = { tools: ["c"] };
  host.behaviours.a = { tools: ["b_c"] };
  const [one, two] = [await host.planned("a/b"), await host.planned("a")];
  await host.settle(Promise.all([
    host.lives.apply({ kind: "start", api: one.spec.api, planned: one }),
    host.lives.apply({ kind: "start", api: two.spec.api, planned: two }),
  ]));
  const states = [host.life("a/b").state, host.life("a").state].toSorted();
  assert.deepEqual(states, ["failed", "running"]);
  assert.deepEqual(host.tools.list().map(({ name }) => name), ["a_b_c"]);
  const failed = host.life("a").state === "failed" ? "a" : "a/b";
  assert.match(
    host.life(failed).figures.reason!,
    /tool 'a_b_c' of '.*' bears the name of a tool of '.*'; rename one of them/,
  );
});

Deno.test("a module for whose process there is no room waits for it, is not counted as failing, and says why", async () => {
  const host = new ScriptedHost();
  host.no_room = noRoom("a", 301, 300);
  const planned = await host.planned("a", "restart: {max: 0, window_s: 60}");
  await host.settle(host.lives.apply({ kind: "start", api: A, planned }));
  await host.pass(6_000, 500);
  const { state, reason, restarts } = host.life("a").figures;
  assert.deepEqual([state, reason, restarts], ["restarting", host.no_room.message, 0]);
  assert.equal(host.log.filter((line) => line.includes("gets no process")).length, 1);
  host.no_room = undefined;
  await host.pass(2_000, 500);
  assert.equal(host.life("a").state, "running");
});
