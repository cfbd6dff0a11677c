/** The main job survives the death of every process: the trainer's rows grow again, none that was acknowledged is missing, none is double. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const PROGRAM = new URL("../../", import.meta.url).pathname;

async function shippedHost(): Promise<RunningHost> {
  const files: Record<string, string> = {};
  for (const path of ["configs/services/database.yml", "configs/services/filesystem.yml", "configs/my_module.yml"]) {
    files[path] = await Deno.readTextFile(`${PROGRAM}${path}`);
  }
  const trainer = await Deno.readTextFile(`${PROGRAM}configs/tasks/rl_trainer.yml`);
  files["configs/tasks/rl_trainer.yml"] = trainer.replace(/step_delay_seconds: .*/, "step_delay_seconds: 0.05");
  assert.match(files["configs/tasks/rl_trainer.yml"]!, /step_delay_seconds: 0\.05/);
  return await RunningHost.start(files);
}

async function rows(host: RunningHost): Promise<number> {
  const { code, out } = await host.cli("call", "database", "query", '"select count(*) n from training_log"', "--json");
  return code === 0 ? JSON.parse(out)[0].n : -1;
}

async function grows(host: RunningHost, after: string): Promise<number> {
  let before = -1;
  await until(async () => (before = Math.max(before, await rows(host))) > 0, 10_000, () => `no rows ${after}`);
  await until(async () => await rows(host) > before, 10_000, () => `rows do not grow ${after}`);
  return before;
}

/** Steps count up from 1: a hole would be a lost row, and the primary key refuses a double one; the trainer's log would tell of that. */
async function assertWhole(host: RunningHost): Promise<void> {
  const [facts] = await host.call<{ n: number; low: number; high: number }[]>(
    "database",
    "query",
    "select count(*) n, min(step) low, max(step) high from training_log",
  );
  assert.equal(facts!.low, 1);
  assert.equal(facts!.n, facts!.high);
}

Deno.test("after kill -9 of any one process the trainer's rows grow again, none missing and none double", async () => {
  await using host = await shippedHost();
  await grows(host, "after the start");
  const { kernel, modules } = await host.status();
  const pids = new Map([[kernel.pid, "the kernel"]]);
  for (const { api, pid } of modules) pids.set(pid!, pids.has(pid!) ? `${pids.get(pid!)} and ${api}` : api);
  assert.deepEqual([...pids.values()].sort(), [
    "database",
    "filesystem and my_module and tasks/rl_trainer",
    "the kernel",
  ]);
  for (const [pid, name] of pids) {
    const before = await grows(host, `before ${name} is killed`);
    Deno.kill(pid, "SIGKILL");
    const after = await grows(host, `after ${name} was killed`);
    assert.ok(after >= before, `rows were lost when ${name} was killed: ${before} before, ${after} after`);
    await assertWhole(host);
  }
  const again = await host.status();
  assert.deepEqual(
    again.modules.map(({ api, state }) => `${api} ${state}`),
    modules.map(({ api }) => `${api} running`),
  );
  assert.notEqual(again.kernel.pid, kernel.pid);
});

Deno.test("kill -9 of the watchdog leaves no process, and nothing that hinders the next start", async () => {
  const first = await shippedHost();
  await grows(first, "after the start");
  const { kernel, modules } = await first.status();
  Deno.kill(first.pid, "SIGKILL");
  await first.ended;
  const pids = [kernel.pid, ...modules.map(({ pid }) => pid!)];
  await until(() => pids.every((pid) => !isAlive(pid)), 5_000, () => `still alive: ${pids.filter(isAlive)}`);
  await using second = await RunningHost.startIn(first.home);
  await grows(second, "after the second start");
  await assertWhole(second);
});

Deno.test("a second start in the same home is refused with the first one's pid", async () => {
  await using host = await RunningHost.start({});
  const { code, err, out } = await host.cli("start");
  assert.equal(code, 1);
  assert.match(out + err, new RegExp(`already runs in .* \\(pid ${host.pid}\\)`));
});

Deno.test("stop ends everything in order within five seconds, also when a module hangs", async () => {
  await using host = await RunningHost.start({
    "plugins/hangs.js":
      "export class Module { run() { return new Promise(() => {}); } shutdown() { return new Promise(() => {}); } }",
    "plugins/loops.js": "export class Module { spin() { for (;;); } }",
    "configs/hangs.yml": "",
    "configs/loops.yml": "limits: {liveness_ms: 60000}",
  });
  const { kernel, modules } = await host.status();
  void host.cli("call", "loops", "spin");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const asked = performance.now();
  const { code } = await host.cli("stop");
  const ms = performance.now() - asked;
  assert.equal(code, 0);
  assert.equal((await host.ended).code, 0);
  assert.ok(ms < 6_500, `it took ${Math.round(ms)} ms`);
  for (const pid of [kernel.pid, ...modules.map(({ pid }) => pid!)]) assert.equal(isAlive(pid), false);
});

function isAlive(pid: number): boolean {
  try {
    return !Deno.readTextFileSync(`/proc/${pid}/stat`).includes(") Z ");
  } catch {
    return false;
  }
}
