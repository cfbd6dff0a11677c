/** All lives together: adoption after a kernel's crash, shared cells, leaving and coming back, the end of the host. */
import assert from "node:assert/strict";
import type { ApiName, InstanceId } from "../../kernel/contract/names.ts";
import type { Plan, PlannedModule } from "../../kernel/contract/spec.ts";
import type { CellReport } from "../../kernel/contract/wire.ts";
import { diffPlan } from "../../kernel/lifecycle/mod.ts";
import { planOf } from "../config/planned.ts";
import { ScriptedHost, toolSpec } from "./scripted_host.ts";

const reported = (
  planned: PlannedModule,
  instance: string,
  more: Partial<CellReport["instances"][number]> = {},
): CellReport["instances"][number] => ({
  ...{ instance: instance as InstanceId, api: planned.spec.api, hash: planned.hash, phase: "running", started_at: 5 },
  ...{ has_run: true, tools: [] },
  ...more,
});
const steps = (host: ScriptedHost, plan: Plan) =>
  diffPlan(host.lives.running(), plan).map(({ kind, api }) => `${kind} ${api}`);

/** A kernel that was started after another one crashed, with this plan. */
async function restarted(configs: Readonly<Record<string, string>>) {
  const host = new ScriptedHost({ crashed: true, epoch: 2 });
  host.plan = await planOf(configs);
  host.lives.expect(host.plan);
  return { host, module: (api: string) => host.plan.modules.get(api as ApiName)! };
}

Deno.test("what outlived a kernel's crash serves again as it is: nothing is loaded, no run is started twice", async () => {
  const { host, module } = await restarted({ "a.yml": "" });
  const shell = await host.outlived("a~1000001", [reported(module("a"), "1.1")]);
  assert.deepEqual([host.life("a").state, host.life("a").current?.id, host.lives.expected()], ["running", "1.1", []]);
  await host.pass(2_000, 500);
  assert.deepEqual([shell.told, steps(host, host.plan)], [[], []]);
  assert.equal(host.life("a").current?.started_at, 5);
});

Deno.test("an instance whose run was never started is told to, once nobody older can turn up", async () => {
  const { host, module } = await restarted({ "a.yml": "" });
  const shell = await host.outlived("a~1000001", [reported(module("a"), "1.1", { phase: "ready" })]);
  await host.pass(950);
  assert.deepEqual(shell.told, []);
  await host.pass(100);
  assert.deepEqual(shell.told, ["run 1.1"]);
});

Deno.test("an instance of another version serves until the difference is carried out", async () => {
  const { host, module } = await restarted({ "a.yml": "x: 2" });
  await host.outlived("a~1000001", [reported(module("a"), "1.1", { hash: "older" })]);
  assert.deepEqual([host.life("a").state, steps(host, host.plan)], ["running", ["reload a"]]);
  await host.settle(host.lives.apply({ kind: "reload", api: "a" as ApiName, planned: module("a") }));
  await host.settle();
  assert.deepEqual([host.life("a").current?.id, host.alive.length, steps(host, host.plan)], ["2.1", 1, []]);
});

Deno.test("of two instances of one api the newer serves and the older drains, whichever reports first; run waits", async () => {
  for (const order of [["1.1", "1.2"], ["1.2", "1.1"]]) {
    const { host, module } = await restarted({ "a.yml": "" });
    for (const id of order) {
      const phase = id === "1.2" ? "ready" : "running";
      await host.outlived(`a~${id.replace(".", "00000")}`, [reported(module("a"), id, { phase })]);
    }
    const [old, fresh] = ["1.1", "1.2"].map((id) =>
      host.shells.find(({ cell }) => cell.endsWith(id.replace(".", "00000")))!
    );
    assert.deepEqual([host.life("a").current?.id, host.broker.knows("1.1" as InstanceId)], ["1.2", true]);
    await host.pass(450);
    assert.deepEqual([old!.told, fresh!.told], [[], []]);
    await host.pass(100);
    assert.ok(old!.told.includes("shutdown 1.1"));
    await host.pass(600);
    assert.deepEqual([host.alive, fresh!.told], [[fresh], ["run 1.2"]]);
  }
});

Deno.test("an instance that was being shut down serves nobody new", async () => {
  const { host, module } = await restarted({ "a.yml": "" });
  await host.outlived("a~1000001", [reported(module("a"), "1.1", { phase: "shutting_down" })]);
  assert.deepEqual([host.life("a").current, host.lives.expected().map(({ api }) => api)], [undefined, ["a"]]);
  await host.settle(host.life("a").start());
  await host.pass(600);
  assert.deepEqual([host.life("a").current?.id, host.alive.length], ["2.1", 1]);
});

Deno.test("an instance that reports late, when another has been started, drains", async () => {
  const { host, module } = await restarted({ "a.yml": "" });
  host.behaviours.a = { hangs: true };
  const starting = host.life("a").start();
  await host.settle();
  await host.outlived("a~1000001", [reported(module("a"), "1.1")]);
  assert.equal(host.life("a").current?.id, "1.1", "it serves at once");
  host.shells[0]!.loaded("2.1" as InstanceId);
  await host.settle(starting);
  await host.pass(1_000);
  assert.deepEqual([host.life("a").current?.id, host.alive.length], ["2.1", 1]);
});

Deno.test("a cell that outlived a crash and reports another's instance first takes nothing from it", async () => {
  const { host, module } = await restarted({ "database.yml": "", "evil.yml": "" });
  host.sits = { "1.1": "database~1000001", "1.2": "evil~1000002" };
  await host.outlived("evil~1000002", [reported(module("evil"), "1.1"), reported(module("evil"), "1.2")]);
  const honest = await host.outlived("database~1000001", [reported(module("database"), "1.1")]);
  assert.deepEqual(
    ["database", "evil"].map((api) => [host.life(api).current?.id, host.life(api).current?.cell.id]),
    [["1.1", honest.cell], ["1.2", "evil~1000002"]],
  );
  assert.deepEqual(host.alive.length, 2);
});

Deno.test("what no plan wants, and processes in which nothing is wanted, are ended", async () => {
  const { host, module } = await restarted({ "a.yml": "" });
  const gone = await host.outlived("gone~1000001", [
    reported({ ...module("a"), spec: { ...module("a").spec, api: "gone" as ApiName } }, "1.1"),
  ]);
  const loading = await host.outlived("a~1000002", [reported(module("a"), "1.2", { phase: "loading" })]);
  const blank = await host.outlived("@vet~1000003", []);
  for (const shell of [gone, loading, blank]) {
    assert.equal(shell.told.at(0) === "bye" || shell.told.includes("bye"), true, shell.cell);
  }
  assert.deepEqual(host.alive, []);
});

Deno.test("a cell that lies in its report takes nobody's place", async () => {
  const { host, module } = await restarted({ "database.yml": "", "evil.yml": "", "tools.yml": "" });
  const honest = await host.outlived("database~1000001", [
    reported(module("database"), "1.1", { tools: [toolSpec("query")] }),
  ]);
  // It outlived the crash, and claims to be somebody else, newer than he; and somebody else's tool.
  const evil = await host.outlived("evil~1000002", [
    reported(module("database"), "999999.1"),
    reported(module("evil"), "1.2", { tools: [toolSpec("x")] }),
  ]);
  assert.deepEqual([host.life("database").current?.cell.id, host.life("evil").current?.id], [honest.cell, "1.2"]);
  assert.ok(evil.told.includes("unload 999999.1"));
  // A cell that this kernel started has nothing to take over.
  const shell = await (async () => {
    await host.settle(host.life("tools").start());
    return host.shells.at(-1)!;
  })();
  shell.link.pipe.hangUp();
  await host.settle();
  const again = new (shell.constructor as new (cell: typeof shell.cell, host: ScriptedHost) => typeof shell)(
    shell.cell,
    host,
  );
  await again.attach([
    reported(module("tools"), "2.1"),
    reported(module("tools"), "999999.2"),
    reported(module("database"), "999999.3"),
  ]);
  host.shells.push(again);
  await host.settle();
  assert.deepEqual([host.life("tools").current?.id, again.told], ["2.1", ["unload 999999.2", "unload 999999.3"]]);
});

Deno.test("an instance whose tools bear another's names is not taken over", async () => {
  const { host, module } = await restarted({ "a.yml": "", "a/b.yml": "" });
  await host.outlived("a.b~1000001", [reported(module("a/b"), "1.1", { tools: [toolSpec("c")] })]);
  const other = await host.outlived("a~1000002", [reported(module("a"), "1.2", { tools: [toolSpec("b_c")] })]);
  assert.deepEqual([host.life("a").current, other.told.includes("unload 1.2")], [undefined, true]);
});

Deno.test("a cell that lost only its link keeps its place", async () => {
  const host = new ScriptedHost();
  const shell = await host.running("a");
  shell.link.pipe.hangUp();
  await host.settle();
  const again = new (shell.constructor as new (cell: typeof shell.cell, host: ScriptedHost) => typeof shell)(
    shell.cell,
    host,
  );
  await again.attach([reported(host.life("a").wanted, "1.1")]);
  host.shells.push(again);
  await host.settle();
  assert.deepEqual([host.life("a").current?.id, host.life("a").state, again.told], ["1.1", "running", []]);
});

Deno.test("modules of one shared cell start in one process, which ends with the last of them", async () => {
  const host = new ScriptedHost();
  host.plan = await planOf({ "a.yml": "cell: tools", "b.yml": "cell: tools" });
  const planned = [...host.plan.modules.values()];
  await host.settle(
    Promise.all(planned.map((one) => host.lives.apply({ kind: "start", api: one.spec.api, planned: one }))),
  );
  assert.deepEqual([host.shells.length, host.shells[0]!.cell.split("~")[0]], [1, "tools"]);
  await host.settle(host.lives.apply({ kind: "stop", api: "a" as ApiName }));
  assert.equal(host.alive.length, 1);
  const b = host.plan.modules.get("b" as ApiName)!;
  await host.settle(host.life("b").reload({ ...b, hash: "newer" }));
  await host.settle();
  assert.deepEqual([host.shells.length, host.life("b").state], [1, "running"], "a reload stays in the cell");
  await host.settle(host.lives.apply({ kind: "stop", api: "b" as ApiName }));
  assert.deepEqual(host.alive, []);
});

Deno.test("when a shared cell dies all its modules come back, together", async () => {
  const host = new ScriptedHost();
  host.plan = await planOf({ "a.yml": "cell: tools", "b.yml": "cell: tools" });
  const planned = [...host.plan.modules.values()];
  await host.settle(
    Promise.all(planned.map((one) => host.lives.apply({ kind: "start", api: one.spec.api, planned: one }))),
  );
  host.alive[0]!.exit();
  await host.pass(25, 25);
  assert.deepEqual([host.life("a").state, host.life("b").state, host.shells.length], ["running", "running", 2]);
  assert.deepEqual([host.life("a").figures.restarts, host.life("b").figures.restarts], [1, 1]);
});

Deno.test("an api that is wanted again while it leaves comes back by itself, as it is wanted last", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { never_ends: true };
  await host.running("a", "limits: {drain_ms: 1000, shutdown_ms: 1000}");
  const leaving = host.lives.apply({ kind: "stop", api: "a" as ApiName });
  await host.settle();
  const [second, third] = [await planOf({ "a.yml": "x: 2" }), await planOf({ "a.yml": "x: 3" })];
  assert.deepEqual(steps(host, second), ["start a"]);
  for (const plan of [second, third]) {
    for (const step of diffPlan(host.lives.running(), plan)) void host.lives.apply(step);
    assert.deepEqual(steps(host, plan), []);
  }
  await host.pass(1_100);
  await host.settle(leaving);
  assert.deepEqual([host.life("a").state, host.life("a").current?.planned.spec.own.x, steps(host, third)], [
    "running",
    3,
    [],
  ]);
});

Deno.test("an api that is wanted again while it leaves, and then not, stays away", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { never_ends: true };
  await host.running("a", "limits: {drain_ms: 500, shutdown_ms: 500}");
  const nothing: Plan = { modules: new Map(), rejected: [] };
  const apply = (plan: Plan) => diffPlan(host.lives.running(), plan).map((step) => void host.lives.apply(step));
  apply(nothing);
  apply(await planOf({ "a.yml": "" }));
  apply(nothing);
  await host.pass(1_000);
  assert.deepEqual([host.lives.get("a"), host.alive], [undefined, []]);
});

Deno.test("a version that did not load is not tried again by the next plan", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  host.bundle = () =>
    Promise.resolve({
      ok: false,
      fault: { code: "load_failed", message: "no", hint: "", retriable: false, maybe_ran: false },
    });
  const plan = await planOf({ "a.yml": "x: 2" });
  await host.settle(Promise.all(diffPlan(host.lives.running(), plan).map((step) => host.lives.apply(step))));
  assert.deepEqual([steps(host, plan), host.life("a").current?.id], [[], "1.1"]);
});

Deno.test("the host stops users before services, each level at once", async () => {
  const host = new ScriptedHost();
  const [db, ui, cli] = [
    await host.running("db"),
    await host.running("ui", "grants: {services: [db]}"),
    await host.running("cli", "grants: {services: [db]}"),
  ];
  host.behaviours.ui = { never_ends: true };
  const stopping = host.lives.stopAll(host.plan, 4_000);
  await host.settle();
  assert.deepEqual([
    cli.told.includes("shutdown 1.3"),
    ui.told.includes("shutdown 1.2"),
    db.told.includes("shutdown 1.1"),
  ], [true, true, false]);
  await host.pass(2_100, 100);
  assert.ok(db.told.includes("shutdown 1.1"));
  await host.settle(stopping);
  assert.deepEqual([host.alive, host.clock.monotonic() <= 4_000], [[], true]);
});

Deno.test("a module that hangs while it loads does not keep the host from stopping the others in order", async () => {
  const host = new ScriptedHost();
  const db = await host.running("db");
  host.behaviours.ui = { hangs: true };
  const ui = await host.planned("ui", "grants: {services: [db]}");
  host.plan = { modules: new Map([...host.plan.modules, [ui.spec.api, ui]]), rejected: [] };
  void host.lives.apply({ kind: "start", api: ui.spec.api, planned: ui });
  await host.settle();
  const stopping = host.lives.stopAll(host.plan, 2_000);
  let stopped = false;
  void stopping.then(() => stopped = true);
  await host.pass(2_000, 100);
  assert.deepEqual([stopped, db.told.includes("shutdown 1.1"), host.life("db").state], [true, true, "stopped"]);
  await host.pass(8_000, 500);
  assert.deepEqual(host.alive, []);
});

Deno.test("modules that hang while they load keep no other from starting", async () => {
  const host = new ScriptedHost();
  for (const api of ["a", "b", "c", "d"]) {
    host.behaviours[api] = { hangs: true };
    void host.lives.apply({ kind: "start", api: api as ApiName, planned: await host.planned(api) });
  }
  await host.settle();
  await host.running("e");
  await host.pass(8_000, 500);
  assert.deepEqual(host.lives.all().map(({ api, state }) => `${api} ${state}`), [
    ...["a starting", "b starting", "c starting", "d starting", "e running"], // again: a busy machine may do better next time
  ]);
});

/** Two modules that share a process, both running. */
async function sharing(): Promise<ScriptedHost> {
  const host = new ScriptedHost();
  host.plan = await planOf({ "a.yml": "cell: tools\nrestart: {max: 2, window_s: 60}", "b.yml": "cell: tools" });
  for (const planned of host.plan.modules.values()) {
    await host.settle(host.lives.apply({ kind: "start", api: planned.spec.api, planned }));
  }
  return host;
}
const cellOf = (host: ScriptedHost, api: string) => host.life(api).current?.cell.base;

Deno.test("who ends a shared process gets one of its own; the innocent return to the shared one, and nothing is counted against them", async () => {
  const host = await sharing();
  host.last_lines = { a: ["one", "two"] };
  const cell = host.life("a").current!.cell;
  const call = { caller: "c", method: "loop" };
  cell.last_words = { limit: "liveness_ms", to_blame: "a", call };
  host.alive[0]!.exit("liveness_ms: found 600, allowed 500");
  await host.pass(50, 25);
  assert.deepEqual([cellOf(host, "a"), cellOf(host, "b"), host.alive.length], ["a", "tools", 2]);
  assert.deepEqual([host.life("a").figures.restarts, host.life("b").figures.restarts], [1, 0]);
  const killed = host.events.filter(({ kind }) => kind === "module.killed");
  assert.deepEqual(killed.map(({ api, detail }) => [api, detail]), [
    ["a", { limit: "liveness_ms", call, log: ["one", "two"], own_cell: true }],
    ["b", { to_blame: "a" }],
  ]);
  const { blame } = host.life("a").figures;
  assert.deepEqual([blame?.why, blame?.call, host.life("b").figures.blame], [
    "liveness_ms: found 600, allowed 500",
    call,
    undefined,
  ]);
  assert.deepEqual(steps(host, host.plan), [], "that is no difference to the plan");
});

Deno.test("who has a process of its own for that returns to the shared one with its next version", async () => {
  const host = await sharing();
  host.life("a").current!.cell.last_words = { limit: "liveness_ms", to_blame: "a" };
  host.alive[0]!.exit();
  await host.pass(50, 25);
  await host.settle(host.life("a").again());
  assert.equal(cellOf(host, "a"), "a", "the operator's reload is no mending");
  const newer = await planOf({ "a.yml": "cell: tools\nx: 1", "b.yml": "cell: tools" });
  await host.settle(host.life("a").reload(newer.modules.get("a" as ApiName)!));
  assert.equal(cellOf(host, "a"), "tools");
});

Deno.test("where nobody knows who ended a shared process it counts for all, and they stay together", async () => {
  const host = await sharing();
  host.life("a").current!.cell.last_words = { limit: "memory_mb" };
  host.alive[0]!.exit();
  await host.pass(50, 25);
  assert.deepEqual([cellOf(host, "a"), cellOf(host, "b")], ["tools", "tools"]);
  assert.deepEqual([host.life("a").figures.restarts, host.life("b").figures.restarts], [1, 1]);
});

Deno.test("a quarantine, the restarts before it and a process of one's own outlive the kernel; another version begins anew", async () => {
  const host = await sharing();
  for (let i = 0; i < 3; i++) {
    const { cell } = host.life("a").current!;
    cell.last_words = { limit: "liveness_ms", to_blame: "a" };
    host.alive.find((shell) => shell.cell === cell.id)!.exit();
    await host.pass(200, 50);
  }
  assert.deepEqual([host.life("a").state, host.life("b").state], ["quarantined", "running"]);
  const { fates } = host;

  const next = new ScriptedHost({ epoch: 2, fates });
  next.plan = host.plan;
  next.lives.expect(host.plan);
  await next.settle(Promise.all(next.lives.expected().map((life) => life.start())));
  assert.deepEqual([next.life("a").state, next.life("a").figures.reason, next.life("b").state], [
    "quarantined",
    "killed by SIGKILL",
    "running",
  ]);
  assert.equal(next.life("a").figures.blame?.limit, "liveness_ms");
  assert.match(next.events.find(({ kind }) => kind === "module.quarantined")!.message!, /^quarantined since before/);
  await next.settle(next.life("a").again());
  assert.deepEqual([next.life("a").state, cellOf(next, "a"), fates.of("a")], ["running", "a", undefined]);

  fates.keep("a", { hash: next.life("a").wanted.hash, restarts: [], quarantined: "bad" });
  const mended = new ScriptedHost({ epoch: 3, fates });
  const newer = await planOf({ "a.yml": "x: 1" });
  mended.lives.expect(newer);
  await mended.settle(Promise.all(mended.lives.expected().map((life) => life.start())));
  assert.equal(mended.life("a").state, "running");
});

Deno.test("restarts that a former kernel counted count on until their window is over", async () => {
  const first = new ScriptedHost();
  await first.running("a", "restart: {max: 1, window_s: 10}");
  first.alive[0]!.exit();
  await first.pass(50, 25);
  for (const [later, state] of [[5_000, "quarantined"], [11_000, "running"]] as const) {
    const host = new ScriptedHost({ epoch: 2, fates: first.fates });
    host.clock.advance(later);
    await host.running("a", "restart: {max: 1, window_s: 10}");
    host.alive[0]!.exit();
    await host.pass(200, 50);
    assert.equal(host.life("a").state, state);
    const { quarantined: _, ...fate } = first.fates.of("a")!;
    first.fates.keep("a", { ...fate, restarts: [first.clock.now() - 50] });
  }
});

Deno.test("modules are started each after what it needs", async () => {
  const host = new ScriptedHost();
  const plan = await planOf({
    "a.yml": "grants: {services: [m]}",
    "m.yml": "grants: {services: [z]}",
    "z.yml": "",
  });
  host.lives.expect(plan);
  assert.deepEqual(host.lives.expected().map(({ api }) => api), ["z", "m", "a"]);
});
