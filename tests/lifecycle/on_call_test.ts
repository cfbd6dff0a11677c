/** Modules that sleep without a process until they are called. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { ApiName, InstanceId } from "../../kernel/contract/names.ts";
import { ScriptedHost, type ScriptedShell, toolSpec } from "./scripted_host.ts";

const A = "a" as ApiName;
const ON_CALL = "start: on_call\nidle_ms: 1000";
const bytes = (text: string) => new TextEncoder().encode(text);

async function planned(host: ScriptedHost, config = ON_CALL): Promise<void> {
  const module = await host.planned("a", config);
  host.plan = { modules: new Map([[A, module]]), rejected: [] };
  await host.settle(host.lives.apply({ kind: "start", api: A, planned: module }));
}
/** One whose tools are known from an earlier life. */
async function sleeping(host: ScriptedHost, config = ON_CALL, tools: readonly string[] = []): Promise<void> {
  host.known.set((await host.planned("a", config)).hash, tools.map(toolSpec));
  await planned(host, config);
  assert.deepEqual([host.life("a").state, host.shells.length], ["sleeping", 0]);
}
function ask(host: ScriptedHost) {
  return host.broker.callAsOperator({ api: "a", aspect: "default", name: "do", payload: bytes("[]") }).outcome;
}
async function answered(host: ScriptedHost, shell: ScriptedShell): Promise<void> {
  shell.link.say({ t: "reply", id: (await shell.link.next("call")).id, ok: true });
  await host.settle();
}
/** Its run() is done. */
async function ran(host: ScriptedHost, shell: ScriptedShell, instance: string): Promise<void> {
  shell.link.say({ t: "ended", instance: instance as InstanceId, what: "run" });
  await host.settle();
}

Deno.test("a module that was never loaded is loaded once to learn its tools, never runs, and sleeps", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { tools: ["read"] };
  await planned(host);
  assert.deepEqual(host.shells[0]!.told, ["load 1.1", "shutdown 1.1", "bye", "unload 1.1"]);
  assert.deepEqual([host.life("a").state, host.alive], ["sleeping", []]);
  assert.deepEqual(host.tools.list().map(({ name }) => name), ["a_read"]);
  assert.deepEqual(host.kinds("a"), ["starting", "sleeping"]);
});

Deno.test("a module whose tools are known sleeps without having been loaded, and shows them", async () => {
  const host = new ScriptedHost();
  await sleeping(host, ON_CALL, ["read"]);
  assert.deepEqual(host.tools.list().map(({ name }) => name), ["a_read"]);
});

Deno.test("the first call starts it and is answered by it; others wait with it; run() runs while it is awake", async () => {
  const host = new ScriptedHost();
  await sleeping(host);
  const calls = [ask(host), ask(host)];
  await host.settle();
  const shell = host.alive[0]!;
  assert.deepEqual([host.life("a").state, shell.told], ["running", ["load 1.1", "run 1.1"]]);
  for (const { id } of shell.link.all("call")) shell.link.say({ t: "reply", id, ok: true });
  assert.deepEqual((await Promise.all(calls)).map(({ ok }) => ok), [true, true]);
  assert.equal(host.shells.length, 1);
  assert.deepEqual(host.kinds("a"), ["starting", "ready"]);
});

Deno.test("a call to a module that does not come up in its time ends at its deadline, and no more wait than calls_in_flight", async () => {
  const host = new ScriptedHost();
  await sleeping(host, `${ON_CALL}\nlimits: {calls_in_flight: 2, call_timeout_ms: 500}`);
  host.behaviours.a = { hangs: true };
  const calls = [ask(host), ask(host), ask(host)];
  await host.settle();
  const third = await calls[2]!;
  assert.equal(third.ok || third.fault.code, "rate_limited");
  await host.pass(600, 100);
  const first = await calls[0]!;
  assert.match(first.ok ? "" : first.fault.message, /'a' was not ready within 500 ms/);
});

Deno.test("after idle_ms without a call it is put to sleep in order, and a later call wakes it", async () => {
  const host = new ScriptedHost();
  await sleeping(host);
  void ask(host);
  await host.settle();
  const shell = host.alive[0]!;
  await ran(host, shell, "1.1");
  await host.pass(900, 50);
  assert.equal(host.life("a").state, "running"); // the call is not answered
  await answered(host, shell);
  await host.pass(900, 50);
  assert.equal(host.life("a").state, "running");
  await host.pass(400, 50);
  assert.deepEqual([host.life("a").state, host.alive], ["sleeping", []]);
  assert.deepEqual(shell.told.slice(2), ["shutdown 1.1", "bye", "unload 1.1"]);
  assert.equal(host.kinds("a").at(-1), "sleeping");
  const later = ask(host);
  await host.settle();
  await answered(host, host.alive[0]!);
  assert.equal((await later).ok, true);
});

Deno.test("a run() that goes on keeps it awake", async () => {
  const host = new ScriptedHost();
  await sleeping(host);
  void ask(host);
  await host.settle();
  const shell = host.alive[0]!;
  await answered(host, shell);
  await host.pass(5_000, 100);
  assert.equal(host.life("a").state, "running");
  await ran(host, shell, "1.1");
  await host.pass(1_300, 50);
  assert.equal(host.life("a").state, "sleeping");
});

Deno.test("its state is exported before it sleeps and imported when it wakes", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { exports: () => "7", imports: () => "taken" };
  await sleeping(host);
  void ask(host);
  await host.settle();
  const shell = host.alive[0]!;
  await ran(host, shell, "1.1");
  await answered(host, shell);
  await host.pass(1_300, 50);
  assert.deepEqual(shell.told.slice(2, 4), ["export 1.1", "shutdown 1.1"]);
  void ask(host);
  await host.settle();
  assert.deepEqual(host.alive[0]!.told.slice(0, 2), ["load 1.2", "import 1.2 7 from ''"]);
});

Deno.test("one whose state can't be had stays awake, says so, and serves on", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { exports: () => fault("module_error", "Error: no"), imports: () => "taken" };
  await sleeping(host);
  void ask(host);
  await host.settle();
  const shell = host.alive[0]!;
  await ran(host, shell, "1.1");
  await answered(host, shell);
  await host.pass(1_300, 50);
  assert.equal(host.life("a").state, "running");
  assert.match(host.log.join("\n"), /it does not go to sleep: the state of 'a' could not be exported/);
  const later = ask(host);
  await host.settle();
  for (const { id } of shell.link.all("call")) shell.link.say({ t: "reply", id, ok: true });
  assert.equal((await later).ok, true);
});

Deno.test("a call that comes while the state is exported keeps it awake and is answered", async () => {
  const host = new ScriptedHost();
  let call: ReturnType<typeof ask> | undefined;
  host.behaviours.a = {
    exports: () => {
      call ??= ask(host);
      return "7";
    },
    imports: () => "taken",
  };
  await sleeping(host);
  void ask(host);
  await host.settle();
  const shell = host.alive[0]!;
  await ran(host, shell, "1.1");
  await answered(host, shell);
  await host.pass(1_300, 50);
  assert.deepEqual([host.life("a").state, host.alive], ["running", [shell]]);
  for (const { id } of shell.link.all("call")) shell.link.say({ t: "reply", id, ok: true });
  await host.settle();
  assert.equal((await call!).ok, true);
});

Deno.test("a call that comes while it is shut down waits for its next life", async () => {
  const host = new ScriptedHost();
  await sleeping(host);
  void ask(host);
  await host.settle();
  const shell = host.alive[0]!;
  await ran(host, shell, "1.1");
  host.behaviours.a = { never_ends: true };
  await answered(host, shell);
  await host.pass(1_300, 50);
  assert.equal(shell.told.at(-1), "shutdown 1.1");
  const late = ask(host);
  await host.settle();
  assert.equal(host.shells.length, 1);
  shell.ended("1.1" as InstanceId);
  await host.settle();
  const fresh = host.alive[0]!;
  assert.notEqual(fresh, shell);
  await answered(host, fresh);
  assert.equal((await late).ok, true);
});

Deno.test("a module that dies awake sleeps again; a call that waits then wakes it, with back-off, until it is quarantined", async () => {
  const host = new ScriptedHost();
  await sleeping(host, `${ON_CALL}\nrestart: {max: 2, window_s: 60}`);
  void ask(host);
  await host.settle();
  host.alive[0]!.exit();
  await host.pass(25, 25);
  assert.equal(host.life("a").state, "sleeping");
  host.behaviours.a = { dies: true };
  const call = ask(host);
  await host.pass(6_000, 250);
  assert.equal(host.life("a").state, "quarantined");
  const answer = await call;
  assert.equal(answer.ok || answer.fault.code, "quarantined");
});

Deno.test("a source that does not load is failed at once, not at the first call", async () => {
  const host = new ScriptedHost();
  host.behaviours.a = { fails: fault("load_failed", "SyntaxError") };
  await planned(host);
  assert.equal(host.life("a").state, "failed");
});

Deno.test("a tool name that another module has is refused to one that sleeps, too", async () => {
  const host = new ScriptedHost();
  host.behaviours["a/b"] = { tools: ["c"] };
  await host.running("a/b");
  host.known.set((await host.planned("a", ON_CALL)).hash, [toolSpec("b_c")]);
  await planned(host);
  assert.equal(host.life("a").state, "failed");
  assert.match(host.life("a").figures.reason!, /bears the name of a tool of 'a\/b'/);
});

Deno.test("a newer version of a sleeping module is loaded once and sleeps; one of a waking module is switched as ever", async () => {
  const host = new ScriptedHost();
  await sleeping(host);
  await host.settle(host.life("a").reload(await host.planned("a", `${ON_CALL}\nx: 2`)));
  assert.deepEqual([host.life("a").state, host.shells.length, host.alive.length], ["sleeping", 1, 0]);
  void ask(host);
  await host.settle();
  assert.equal(host.life("a").state, "running");
  await host.settle(host.life("a").reload(await host.planned("a", `${ON_CALL}\nx: 3`)));
  assert.deepEqual([host.life("a").state, host.kinds("a").at(-1)], ["running", "reloaded"]);
});

Deno.test("a stop of a sleeping module ends what waits for it", async () => {
  const host = new ScriptedHost();
  await sleeping(host);
  host.behaviours.a = { hangs: true };
  const call = ask(host);
  await host.settle();
  const stopping = host.lives.apply({ kind: "stop", api: A });
  await host.pass(7_100, 500);
  await host.settle(stopping);
  const answer = await call;
  assert.deepEqual([answer.ok || answer.fault.code, host.alive], ["service_down", []]);
});

Deno.test("after a kernel's crash one that was awake is taken over and put to sleep when it is idle", async () => {
  const host = new ScriptedHost({ crashed: true, epoch: 2 });
  const module = await host.planned("a", ON_CALL);
  host.plan = { modules: new Map([[A, module]]), rejected: [] };
  host.lives.expect(host.plan);
  await host.outlived("a~1000001", [{
    ...{ instance: "1.1" as InstanceId, api: "a", hash: module.hash, phase: "running", started_at: 0 },
    ...{ has_run: true, tools: [] },
  }]);
  host.allReported();
  const shell = host.alive[0]!;
  await host.pass(3_000, 100);
  assert.equal(host.life("a").state, "running"); // run() goes on
  await ran(host, shell, "1.1");
  await host.pass(1_300, 50);
  assert.equal(host.life("a").state, "sleeping");
});
