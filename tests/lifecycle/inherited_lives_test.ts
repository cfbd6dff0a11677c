/** Lives in a hand-over: what the successor is told of them, what it takes over, and what the former kernel leaves alone from then on. */
import assert from "node:assert/strict";
import type { ApiName, InstanceId } from "../../kernel/contract/names.ts";
import type { CellReport } from "../../kernel/contract/wire.ts";
import { fault, refuse } from "../../kernel/contract/fault.ts";
import type { LifeState } from "../../kernel/lifecycle/mod.ts";
import { ScriptedHost, type ScriptedShell } from "./scripted_host.ts";

/** A kernel that is told these records, and has the plan of the former one, and of what is new. */
async function successor(former: ScriptedHost, records = told(former), configs: Readonly<Record<string, string>> = {}) {
  const host = new ScriptedHost({ crashed: true, epoch: 2 });
  host.leadership.besideFormer();
  const plan = new Map(former.plan.modules);
  for (const [api, config] of Object.entries(configs)) plan.set(api as ApiName, await host.planned(api, config));
  host.plan = { modules: plan, rejected: [] };
  host.lives.inherit(records);
  host.lives.expect(host.plan);
  return host;
}
/** As it comes through the pipe. */
function told(former: ScriptedHost): readonly LifeState[] {
  return JSON.parse(JSON.stringify(former.lives.records()));
}
/** What the cell of a running instance says of it. */
function report(
  host: ScriptedHost,
  api: string,
  more: Partial<CellReport["instances"][number]> = {},
): CellReport["instances"][number] {
  const { id, planned: { hash }, started_at } = host.life(api).current!;
  return {
    ...{ instance: id, api, hash, started_at, phase: "running", has_run: true, tools: [] },
    ...more,
  };
}
async function started(host: ScriptedHost): Promise<void> {
  host.allReported();
  await host.settle(Promise.all(host.lives.expected().map((life) => life.start())));
}
/** A call of the operator's that the module has begun; gives its answer. */
async function called(host: ScriptedHost, shell: ScriptedShell, api = "a"): Promise<() => void> {
  void host.broker.callAsOperator({ api, aspect: "default", name: "do", payload: "[]" }).outcome;
  await host.settle();
  const { id } = await shell.link.next("call");
  return () => shell.link.say({ t: "reply", id, ok: true }, "1");
}

Deno.test("what the former kernel served goes on as it is: nothing is loaded, run or told as an event", async () => {
  const former = new ScriptedHost();
  const shell = await former.running("a");
  const host = await successor(former);
  const cell = await host.outlived(shell.cell, [report(former, "a")]);
  await started(host);
  await host.pass(2_000, 500);
  assert.deepEqual([host.life("a").state, host.life("a").current?.id, cell.told], ["running", "1.1", []]);
  assert.deepEqual([host.events, host.lives.expected()], [[], []]);
});

Deno.test("calls go to the instance that the former kernel named, however new another one is; that one drains when nobody is left", async () => {
  const former = new ScriptedHost();
  const shell = await former.running("a");
  const host = await successor(former);
  const other = await host.outlived("a~1000009", [report(former, "a", { instance: "1.9" as InstanceId })]);
  await host.outlived(shell.cell, [report(former, "a")]);
  await started(host);
  assert.equal(host.life("a").current?.id, "1.1");
  await host.pass(6_000, 500);
  assert.equal(other.told.length, 0, "the former kernel may have calls with it");
  host.leadership.formerGone();
  await host.pass(100);
  assert.ok(other.told.includes("shutdown 1.9"));
  assert.equal(host.life("a").current?.id, "1.1");
});

Deno.test("an instance of a module that served nobody any more when the state was told serves nobody in the next kernel", async () => {
  const former = new ScriptedHost();
  await former.running("a");
  const late = report(former, "a");
  former.alive[0]!.exit();
  await former.settle();
  const [record] = told(former);
  assert.equal(record!.instance, null);
  const host = await successor(former, [record!]);
  await host.outlived("a~1000001", [late]);
  assert.equal(host.life("a").current, undefined);
  await started(host);
  assert.equal(host.life("a").current?.id, "2.1");
});

Deno.test("an instance that the former kernel named and that reports late takes no place: another has been started by then", async () => {
  const former = new ScriptedHost();
  const shell = await former.running("a");
  const host = await successor(former);
  await started(host);
  assert.equal(host.life("a").current?.id, "2.1");
  const late = await host.outlived(shell.cell, [report(former, "a")]);
  assert.equal(host.life("a").current?.id, "2.1");
  host.leadership.formerGone();
  await host.pass(700);
  assert.ok(late.told.includes("shutdown 1.1"));
  assert.deepEqual([host.life("a").current?.id, host.alive.length], ["2.1", 1]);
});

Deno.test("who was given up stays so with its reason; who waits for its restart is started at once", async () => {
  const former = new ScriptedHost();
  former.behaviours["b"] = { fails: fault("load_failed", "no such word", { retriable: false }) };
  const [a, b] = [await former.running("a"), await former.planned("b")];
  await former.settle(former.lives.apply({ kind: "start", api: b.spec.api, planned: b }));
  assert.equal(former.life("b").state, "failed");
  a.exit();
  await former.settle();
  const host = await successor(former, told(former), { b: "" });
  await started(host);
  const { state, reason, errors } = host.life("b").figures;
  assert.deepEqual([state, reason, errors], ["failed", former.life("b").figures.reason, 1]);
  assert.deepEqual([host.life("a").state, host.life("a").figures.restarts], ["running", 1]);
});

Deno.test("a module that has to be started again is made of the source as the next kernel read it: the former one told none", async () => {
  const former = new ScriptedHost();
  await former.running("a", "limits: {memory_mb: 200}");
  const host = await successor(former);
  const made_of: number[] = [];
  host.bundle = ({ source }) => {
    made_of.push(source.files.length);
    return Promise.resolve(refuse(fault("load_failed", "enough")));
  };
  await started(host);
  const { source } = host.plan.modules.get("a" as ApiName)!;
  assert.ok(source.files.length > 0);
  assert.deepEqual(made_of, [source.files.length]);
});

Deno.test("a blank process that is given to a module while the next kernel loads is taken over by the module's name", async () => {
  const former = new ScriptedHost({ warm_cells: 1 });
  former.warm.open();
  await former.pass(10, 10);
  const shell = await former.running("a");
  const host = await successor(former);
  const { cell } = shell;
  assert.ok(cell.startsWith("@warm~"));
  // It was blank when the successor was started, and then it was not.
  const entry = { cell, pid: 1, token: "00".repeat(32) };
  host.cells.known([entry]);
  host.cells.known([{ ...entry, base: "a" }]);
  const there = await host.outlived(cell, [report(former, "a")]);
  await started(host);
  assert.deepEqual([host.life("a").current?.id, there.told], ["1.1", []]);
});

Deno.test("a former kernel starts no run: the instance that is being replaced still has its own", async () => {
  const former = new ScriptedHost();
  const old = await former.running("a", "limits: {drain_ms: 60000}");
  const answer = await called(former, old);
  await former.settle(former.life("a").reload(await former.planned("a", "limits: {drain_ms: 60000}\nx: 2")));
  const fresh = former.alive.find(({ cell }) => cell === former.life("a").current?.cell.id)!;
  assert.deepEqual([former.life("a").current?.id, fresh.told], ["1.2", ["load 1.2"]]);
  former.leadership.leave();
  answer();
  await former.pass(500);
  assert.deepEqual([fresh.told, old.told], [["load 1.2"], ["load 1.1", "run 1.1"]]);
});

/** The successor of a kernel in which `a` runs; the process is known, and has said nothing when all others were started. */
async function silent() {
  const former = new ScriptedHost();
  const { cell } = await former.running("a");
  const host = await successor(former);
  host.cells.known([{ cell, pid: 1, token: "ab".repeat(32) }]);
  await started(host);
  await host.pass(2_000, 500);
  assert.deepEqual([host.life("a").state, host.shells.length], ["starting", 0], "nothing is started beside it");
  return { former, host, cell };
}

Deno.test("a module whose process lives and is slow to report is not started a second time: it serves on when it comes", async () => {
  const { former, host, cell } = await silent();
  const shell = await host.outlived(cell, [report(former, "a")]);
  await host.pass(1_000, 500);
  assert.deepEqual([host.life("a").state, host.life("a").current?.id, shell.told], ["running", "1.1", []]);
});

Deno.test("a module whose slow process ends without a word, or reports another instance only, is started then", async () => {
  const ended = await silent();
  ended.host.cells.exited(ended.cell, "killed by SIGKILL");
  await ended.host.settle();
  assert.equal(ended.host.life("a").current?.id, "2.1");
  const other = await silent();
  const late = await other.host.outlived(other.cell, [
    report(other.former, "a", { instance: "1.7" as InstanceId, phase: "failed" }),
  ]);
  await other.host.settle();
  assert.deepEqual([other.host.life("a").current?.id, late.told.includes("bye")], ["2.1", true]);
});

Deno.test("a slow process that no plan wants a module of any more starts none when it ends", async () => {
  const { host, cell } = await silent();
  host.leadership.formerGone();
  await host.settle(host.lives.apply({ kind: "stop", api: "a" as ApiName }));
  host.cells.exited(cell, "killed by SIGKILL");
  await host.settle();
  assert.deepEqual([host.lives.get("a"), host.shells.length], [undefined, 0]);
});

Deno.test("a module that was taken over and whose process ends later waits for its restart like every other", async () => {
  const former = new ScriptedHost();
  const shell = await former.running("a");
  const host = await successor(former);
  await host.outlived(shell.cell, [report(former, "a")]);
  await started(host);
  for (let end = 0; end < 2; end++) {
    host.alive.at(-1)!.exit();
    await host.settle();
    if (end === 0) await host.pass(10, 10); // the first restart is at once
  }
  assert.deepEqual([host.life("a").state, host.alive], ["restarting", []]);
  await host.pass(2_000, 100);
  assert.equal(host.life("a").state, "running");
});
