import assert from "node:assert/strict";
import { type StatusFacts, statusOf, statusOfRejected } from "../../kernel/lifecycle/mod.ts";
import { reject } from "../../kernel/config/rejection.ts";
import type { ApiName } from "../../kernel/contract/names.ts";
import { ScriptedHost } from "./scripted_host.ts";

function facts(host: ScriptedHost, more: Partial<StatusFacts> = {}): StatusFacts {
  return { calls: NO_CALLS, rejection: undefined, state_aside: undefined, now: host.clock.now(), ...more };
}

const NO_CALLS = { calls: 0, faults: 0, p50_ms: null, p99_ms: null };

Deno.test("statusOf shows a running module with its cell's figures", async () => {
  const host = new ScriptedHost();
  const shell = await host.running("a");
  host.clock.advance(2_000);
  const instances = [{ instance: "1.1", active_tasks: 2, error_count: 3, last_error_time: 12.5 }];
  const figures = { rss: 52_428_800, cpu_ms: 1_234, instances };
  shell.link.say({ t: "figures" }, JSON.stringify(figures));
  await host.settle();
  const status = statusOf(host.life("a"), facts(host, { calls: { calls: 5, faults: 1, p50_ms: 1, p99_ms: 9 } }));
  assert.deepEqual(status, {
    ...{ api: "a", prog: "a", origin: "local", config: "configs/a.yml", version: "", state: "running" },
    ...{ cell: "a~1000001", pid: 1, uptime: 2, active_tasks: 2, error_count: 3, last_error_time: 12.5, restarts: 0 },
    ...{ memory_mb: 50, cpu_s: 1.23, calls: 5, faults: 1, p50_ms: 1, p99_ms: 9 },
  });
});

Deno.test("statusOf shows a module that is away without figures, and why its newest config was refused", async () => {
  const host = new ScriptedHost();
  (await host.running("a")).exit();
  const away = statusOf(host.life("a"), facts(host));
  assert.deepEqual([away.state, away.cell, away.pid, away.uptime, away.reason], [
    "restarting",
    null,
    null,
    0,
    "killed by SIGKILL",
  ]);
  const rejection = reject("configs/a.yml", "broken YAML", { api: "a" as ApiName, line: 3 });
  assert.equal(statusOf(host.life("a"), facts(host, { rejection })).reason, "configs/a.yml:3: broken YAML");
  host.lives.apply({ kind: "stop", api: "a" as ApiName });
  await host.settle();
});

Deno.test("statusOf says why a state lies aside, unless there is a newer reason", async () => {
  const host = new ScriptedHost();
  await host.running("a");
  const state_aside = "'a' did not take its former state";
  assert.equal(statusOf(host.life("a"), facts(host, { state_aside })).reason, state_aside);
  const rejection = reject("configs/a.yml", "broken YAML", { api: "a" as ApiName, line: 3 });
  assert.match(statusOf(host.life("a"), facts(host, { state_aside, rejection })).reason!, /broken YAML/);
});

Deno.test("statusOfRejected shows what never ran, if its api can be told", () => {
  const rejection = reject("configs/b.yml", "unknown key", { api: "b" as ApiName });
  assert.deepEqual([statusOfRejected(rejection)?.state, statusOfRejected(rejection)?.reason], [
    "failed",
    "configs/b.yml: unknown key",
  ]);
  assert.equal(statusOfRejected(reject("configs/c.yml", "unreadable")), undefined);
});
