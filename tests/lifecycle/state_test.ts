/** What becomes of a module's state when its instance is replaced, ends or dies. */
import assert from "node:assert/strict";
import type { Payload } from "../../kernel/contract/wire.ts";
import { type Fault, fault } from "../../kernel/contract/fault.ts";
import type { ApiName, InstanceId } from "../../kernel/contract/names.ts";
import { ScriptedHost, type ScriptedShell } from "./scripted_host.ts";

const A = "a" as ApiName;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (payload: Payload | undefined) =>
  typeof payload === "string" ? payload : payload && new TextDecoder().decode(payload);

/** A module whose instances remember whatever the test says. */
async function counting(host: ScriptedHost, config = "", remembers = () => "7"): Promise<ScriptedShell> {
  host.behaviours.a = { exports: remembers, imports: () => "taken" };
  return await host.running("a", config);
}

function ask(host: ScriptedHost): Promise<{ readonly ok: boolean }> {
  return host.broker.callAsOperator({ api: "a", aspect: "default", name: "add", payload: bytes("[]") }).outcome;
}

async function answer(shell: ScriptedShell): Promise<void> {
  shell.link.say({ t: "reply", id: (await shell.link.next("call")).id, ok: true });
}

async function reload(host: ScriptedHost, config = "x: 2"): Promise<void> {
  await host.settle(host.life("a").reload(await host.planned("a", config)));
}

Deno.test("a reload brings the new one up, has the old one export, the new one import, then routes", async () => {
  const host = new ScriptedHost();
  const old = await counting(host);
  await reload(host);
  const fresh = host.shells.at(-1)!;
  assert.deepEqual(old.told.slice(0, 4), ["load 1.1", "run 1.1", "export 1.1", "shutdown 1.1"]);
  assert.deepEqual(fresh.told, ["load 1.2", "import 1.2 7 from ''", "run 1.2"]);
  assert.equal(fresh.orders.get("1.2" as InstanceId)?.awaits_state, true);
  assert.deepEqual([host.life("a").current?.id, host.kinds("a").at(-1)], ["1.2", "reloaded"]);
  assert.equal(text(host.states.kept.get("a")?.payload), "7");
});

Deno.test("importState is told the version that the old instance ran under", async () => {
  const host = new ScriptedHost();
  await counting(host);
  const versioned = async (version: string) => {
    const planned = await host.planned("a", `x: ${version}`);
    return { ...planned, spec: { ...planned.spec, version } };
  };
  await host.settle(host.life("a").reload(await versioned("1.2")));
  await host.settle(host.life("a").reload(await versioned("1.10")));
  assert.deepEqual(host.shells.at(-1)!.told[1], "import 1.3 7 from '1.2'");
  assert.equal(host.states.kept.get("a")?.from, "1.2");
});

Deno.test("calls wait while the state changes hands and go to the new one, those in flight are finished first", async () => {
  const host = new ScriptedHost();
  const old = await counting(host);
  const first = ask(host);
  await host.settle();
  const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
  await host.settle();
  const second = ask(host);
  await host.settle();
  const fresh = host.shells.at(-1)!;
  assert.ok(!old.told.includes("export 1.1"));
  assert.deepEqual([old.link.all("call").length, fresh.link.all("call").length], [1, 0]);
  await answer(old);
  await host.pass(10, 1);
  await host.settle(reloading);
  await answer(fresh);
  await host.settle();
  assert.deepEqual([(await first).ok, (await second).ok, old.link.all("call").length], [true, true, 1]);
});

Deno.test("a call that outlasts drain_ms ends on the old instance, and an event says that its changes stay there", async () => {
  const host = new ScriptedHost();
  const old = await counting(host, "limits: {drain_ms: 200}");
  const long = ask(host);
  await host.settle();
  const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
  await host.pass(250, 10);
  await host.settle(reloading);
  const left = host.events.find(({ kind }) => kind === "module.state_left");
  assert.deepEqual(left?.detail, { calls: 1 });
  assert.match(left!.message!, /^1 call lasted longer than limits\.drain_ms; .* was not carried over$/);
  await answer(old);
  await host.settle();
  assert.equal((await long).ok, true);
});

Deno.test("a module without importState is switched at once, one without exportState begins with what was kept", async () => {
  const host = new ScriptedHost();
  const old = await counting(host);
  host.behaviours.a = {};
  await reload(host);
  assert.deepEqual(host.shells.at(-1)!.told, ["load 1.2", "run 1.2"]);
  assert.ok(!old.told.includes("export 1.1"));
  host.behaviours.a = { imports: () => "taken" };
  host.states.kept.set("a", { from: "3", payload: "9" });
  await reload(host, "x: 3");
  assert.deepEqual(host.shells.at(-1)!.told.slice(0, 2), ["load 1.3", "import 1.3 9 from '3'"]);
});

const REFUSALS: readonly [why: string, exports: () => string | Fault | undefined, config?: string][] = [
  ["throws", () => fault("module_error", "TypeError: no")],
  ["has no plain state", () => fault("invalid_argument", "state.when is a Map; pass plain data")],
  ["never answers", () => undefined],
];
for (const [why, exports] of REFUSALS) {
  Deno.test(`a reload whose old instance ${why} when asked for its state is refused, and the old one serves on`, async () => {
    const host = new ScriptedHost();
    const old = await counting(host);
    host.behaviours.a!.exports = exports;
    const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
    await host.settle();
    const waiting = ask(host);
    await host.pass(2_000, 100);
    await host.settle(reloading);
    const life = host.life("a");
    assert.deepEqual([life.state, life.current?.id, host.alive], ["running", "1.1", [old]]);
    assert.match(life.figures.reason!, /^the state of 'a' could not be exported by its running instance: /);
    await answer(old);
    assert.equal((await waiting).ok, true);
    assert.equal(host.states.aside.size, 0);
  });
}

Deno.test("a state of state_bytes is carried over, one of a byte more refuses the reload", async () => {
  const host = new ScriptedHost();
  let size = 100_000;
  await counting(host, "limits: {state_bytes: 100000}", () => "x".repeat(size));
  await reload(host, "limits: {state_bytes: 100000}\nx: 2");
  assert.equal(host.life("a").current?.id, "1.2");
  size++;
  await reload(host, "limits: {state_bytes: 100000}\nx: 3");
  assert.equal(host.life("a").current?.id, "1.2");
  assert.match(host.life("a").figures.reason!, /more than limits\.state_bytes, 100000 bytes/);
});

Deno.test("a state that importState refuses once is exported and tried again with another instance", async () => {
  const host = new ScriptedHost();
  let [exported, refusals] = [0, 0];
  const old = await counting(host, "", () => String(++exported));
  host.behaviours.a!.imports = () => refusals++ === 0 ? fault("module_error", "Error: not today") : "taken";
  await reload(host);
  assert.deepEqual(old.told.filter((told) => told === "export 1.1").length, 2);
  assert.deepEqual(host.shells.at(-1)!.told.slice(0, 2), ["load 1.3", "import 1.3 2 from ''"]);
  assert.deepEqual([host.life("a").current?.id, host.states.aside.size], ["1.3", 0]);
});

for (const hangs of [false, true]) {
  const does = hangs ? "hangs over" : "throws at";
  Deno.test(`a state that importState ${does} twice is set aside, told, and the old instance serves on`, async () => {
    const host = new ScriptedHost();
    const old = await counting(host);
    host.behaviours.a!.imports = () => hangs ? undefined : fault("module_error", "Error: no");
    const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
    await host.pass(10_500, 250);
    await host.settle(reloading);
    assert.deepEqual([host.life("a").current?.id, host.life("a").state, host.alive], ["1.1", "running", [old]]);
    const why = host.life("a").figures.reason!;
    assert.match(why, hangs ? /importState did not answer within 5000 ms/ : /did not take its former state: Error: no/);
    assert.deepEqual(host.states.aside.get("a")?.why, why);
    const told = host.events.find(({ kind }) => kind === "module.state_set_aside");
    assert.deepEqual([told?.message, told?.detail], [why, { from: "", bytes: 1 }]);
    const later = ask(host);
    await host.settle();
    await answer(old);
    assert.equal((await later).ok, true);
  });
}

Deno.test("a process that dies while it imports counts as a refusal; one that dies while it exports is an ordinary death", async () => {
  const host = new ScriptedHost();
  await counting(host);
  host.behaviours.a!.imports = () => {
    host.shells.at(-1)!.exit();
    return undefined;
  };
  await reload(host);
  assert.deepEqual([host.life("a").current?.id, host.states.aside.size], ["1.1", 1]);
  host.behaviours.a = {
    exports: () => {
      host.shells[0]!.exit();
      return undefined;
    },
    imports: () => "taken",
  };
  await reload(host, "x: 3");
  await host.pass(25, 25);
  assert.deepEqual([host.life("a").state, host.alive.length], ["running", 1]);
  assert.ok(host.kinds("a").includes("killed"));
});

Deno.test("dropping the state loads the version that was refused for it, which begins empty", async () => {
  const host = new ScriptedHost();
  await counting(host);
  host.behaviours.a!.imports = () => fault("module_error", "Error: no");
  await reload(host);
  const dropping = host.life("a").dropState();
  await host.settle(dropping);
  assert.deepEqual(await dropping, { kept: false, set_aside: true, reloaded: true });
  const life = host.life("a");
  assert.deepEqual([life.state, life.figures.reason, host.states.aside.size], ["running", undefined, 0]);
  assert.deepEqual(host.shells.at(-1)!.told, [`load ${life.current!.id}`, `run ${life.current!.id}`]);
  assert.equal(host.shells.at(-1)!.orders.get(life.current!.id)?.awaits_state, undefined);
});

Deno.test("dropping the state of a module that runs as wanted only forgets what is kept", async () => {
  const host = new ScriptedHost();
  await counting(host);
  await reload(host);
  const dropping = host.life("a").dropState();
  await host.settle(dropping);
  assert.deepEqual(await dropping, { kept: true, set_aside: false, reloaded: false });
  assert.deepEqual([host.life("a").current?.id, host.states.kept.size], ["1.2", 0]);
});

Deno.test("a module that ends in order leaves its state, before its shutdown, to its next life", async () => {
  const host = new ScriptedHost();
  const shell = await counting(host);
  await host.settle(host.lives.apply({ kind: "stop", api: A }));
  assert.deepEqual(shell.told.slice(2), ["export 1.1", "shutdown 1.1", "bye", "unload 1.1"]);
  await host.settle(host.lives.apply({ kind: "start", api: A, planned: await host.planned("a") }));
  assert.deepEqual(host.shells.at(-1)!.told, ["load 1.2", "import 1.2 7 from ''", "run 1.2"]);
});

Deno.test("a stop does not wait longer for a state than shutdown_ms, nor than a stopping host gives", async () => {
  for (const [bound, ms] of [[undefined, 2_000], [300, 300]] as const) {
    const host = new ScriptedHost();
    const shell = await counting(host);
    host.behaviours.a!.exports = () => undefined;
    const stopping = host.life("a").stop(bound);
    await host.pass(ms - 50, 50);
    assert.ok(!shell.told.includes("shutdown 1.1"));
    await host.pass(100, 50);
    assert.ok(shell.told.includes("shutdown 1.1"));
    await host.settle(stopping);
    assert.match(
      host.log.join("\n"),
      /the state of 'a' could not be exported by its running instance: exportState did not answer/,
    );
  }
});

Deno.test("a module whose process died begins with the state of its last reload, without one it begins empty", async () => {
  const host = new ScriptedHost();
  const first = await counting(host);
  first.exit();
  await host.pass(25, 25);
  assert.deepEqual(host.shells.at(-1)!.told, ["load 1.2", "run 1.2"]);
  await reload(host);
  host.alive[0]!.exit();
  await host.pass(600, 50);
  assert.deepEqual(host.shells.at(-1)!.told, ["load 1.4", "import 1.4 7 from ''", "run 1.4"]);
});

Deno.test("a module that does not take its kept state begins empty, and says so", async () => {
  const host = new ScriptedHost();
  host.states.kept.set("a", { from: "1", payload: bytes("old") });
  host.behaviours.a = { exports: () => "7", imports: () => fault("module_error", "Error: too old") };
  const shell = await host.running("a");
  assert.equal(host.shells.length, 3);
  assert.deepEqual(shell.told, ["load 1.3", "run 1.3"]);
  const told = host.events.find(({ kind }) => kind === "module.state_set_aside");
  assert.equal(told?.message, "'a' did not take its former state: Error: too old; it starts empty");
  assert.deepEqual([host.states.kept.size, host.states.whyAside("a")], [0, told?.message]);
});

Deno.test("stop_start keeps the state before the old one ends; the former version gets it back when the new one does not take it", async () => {
  const host = new ScriptedHost();
  const old = await counting(host, "reload: stop_start");
  await reload(host, "reload: stop_start\nx: 2");
  assert.deepEqual(old.told.slice(2, 4), ["export 1.1", "shutdown 1.1"]);
  assert.deepEqual(host.shells.at(-1)!.told.slice(0, 2), ["load 1.2", "import 1.2 7 from ''"]);
  let refusals = 0;
  host.behaviours.a!.imports = () => refusals++ < 2 ? fault("module_error", "Error: no") : "taken";
  await reload(host, "reload: stop_start\nx: 3");
  const life = host.life("a");
  assert.deepEqual([life.current?.id, life.current?.planned.spec.own.x, life.state], ["1.5", 2, "running"]);
  assert.match(life.figures.reason!, /did not take its former state/);
  assert.deepEqual([host.states.kept.size, host.states.aside.size], [1, 1]);
});

Deno.test("stop_start does not end an instance whose state could not be kept", async () => {
  const host = new ScriptedHost();
  const old = await counting(host, "reload: stop_start");
  host.states.full = true;
  await reload(host, "reload: stop_start\nx: 2");
  assert.deepEqual([host.life("a").current?.id, host.alive], ["1.1", [old]]);
  assert.match(host.life("a").figures.reason!, /could not be kept: .*no space left/);
});

Deno.test("a stop in the middle of a reload ends both, and what the old one remembers is kept", async () => {
  const host = new ScriptedHost();
  await counting(host);
  const long = ask(host);
  await host.settle();
  const reloading = host.life("a").reload(await host.planned("a", "x: 2"));
  await host.settle();
  const stopping = host.lives.apply({ kind: "stop", api: A });
  await host.pass(5_500, 250);
  await host.settle(Promise.all([reloading, stopping, long]));
  assert.deepEqual([host.alive, text(host.states.kept.get("a")?.payload)], [[], "7"]);
});

// ── a kernel that crashed in the middle of a reload ──

const OUTLIVED = { api: "a", started_at: 0, has_run: true, tools: [], phase: "running", state: "both" } as const;

async function crashed(): Promise<ScriptedHost> {
  const host = new ScriptedHost({ crashed: true, epoch: 2 });
  host.behaviours.a = { exports: () => "7", imports: () => "taken" };
  const planned = await host.planned("a");
  host.plan = { modules: new Map([[A, planned]]), rejected: [] };
  host.lives.expect(host.plan);
  return host;
}

Deno.test("after a crash an instance that has not got its state is not taken over, the one that has it is", async () => {
  const host = await crashed();
  const old = await host.outlived("a~1000001", [{ ...OUTLIVED, instance: "1.1" as InstanceId, hash: "old" }]);
  const fresh = {
    ...OUTLIVED,
    instance: "1.2" as InstanceId,
    hash: "new",
    phase: "ready",
    awaits_state: true,
  } as const;
  await host.outlived("a~1000002", [fresh]);
  host.allReported();
  await host.settle();
  assert.equal(host.life("a").current?.id, "1.1");
  assert.deepEqual(host.alive, [old]);
});

Deno.test("after a crash nobody calls the older of two instances before it is known that there is a newer one", async () => {
  const host = await crashed();
  const old = await host.outlived("a~1000001", [{ ...OUTLIVED, instance: "1.1" as InstanceId, hash: "old" }]);
  const waiting = ask(host);
  await host.settle();
  assert.deepEqual([host.life("a").current, old.link.all("call").length], [undefined, 0]);
  const fresh = { ...OUTLIVED, instance: "1.2" as InstanceId, hash: "new", phase: "ready" } as const;
  const holder = await host.outlived("a~1000002", [fresh]);
  host.allReported();
  await host.settle();
  assert.equal(host.life("a").current?.id, "1.2");
  await answer(holder);
  assert.equal((await waiting).ok, true);
  assert.equal(old.link.all("call").length, 0);
});

Deno.test("after a crash an instance speaks through the version it was loaded under, whatever is wanted now", async () => {
  const host = await crashed();
  await host.outlived("a~1000001", [{ ...OUTLIVED, instance: "1.1" as InstanceId, hash: "old", version: "0.9" }]);
  host.allReported();
  await reload(host);
  assert.deepEqual(host.shells.at(-1)!.told[1], "import 2.1 7 from '0.9'");
});

Deno.test("after a crash an instance with a state that fails before all have reported is replaced", async () => {
  const host = await crashed();
  const old = await host.outlived("a~1000001", [{ ...OUTLIVED, instance: "1.1" as InstanceId, hash: "h" }]);
  old.failed("1.1" as InstanceId, "vanished", fault("module_error", "gone"));
  await host.settle();
  host.allReported();
  await host.pass(100, 25);
  assert.deepEqual([host.life("a").state, host.life("a").current?.id], ["running", "2.1"]);
});
