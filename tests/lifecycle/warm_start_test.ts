/** Modules that are given a process which was there before them. */
import assert from "node:assert/strict";
import type { CellId, InstanceId } from "../../kernel/contract/names.ts";
import { ScriptedHost } from "./scripted_host.ts";

async function warmed(warm_cells = 1): Promise<ScriptedHost> {
  const host = new ScriptedHost({ warm_cells });
  host.warm.open();
  await host.pass(10, 10);
  assert.equal(host.warm.size, warm_cells);
  return host;
}

Deno.test("a start, a reload and a restart take a warm cell, and the next one is started in the background", async () => {
  const host = await warmed();
  const first = await host.running("a");
  assert.deepEqual([first.cell, host.names], ["@warm~1000001", ["@warm~1000001 is a"]]);
  await host.pass(200, 50);
  assert.equal(host.warm.size, 1);
  await host.settle(host.life("a").reload(await host.planned("a", "x: 2")));
  const second = host.life("a").current!.cell;
  assert.deepEqual([second.id, second.base], ["@warm~1000002", "a"]);
  assert.ok(!host.alive.includes(first));
  await host.pass(200, 50);
  host.alive.find(({ cell }) => cell === second.id)!.exit();
  await host.pass(50, 25);
  assert.deepEqual([host.life("a").state, host.life("a").current?.cell.id], ["running", "@warm~1000003"]);
});

Deno.test("a module in a shared cell, or with limits of its own, gets a process of its own making", async () => {
  const host = await warmed();
  assert.equal((await host.running("shared", "cell: tools")).cell.startsWith("tools~"), true);
  assert.equal((await host.running("large", "limits: {heap_mb: 200, memory_mb: 300}")).cell.startsWith("large~"), true);
  assert.equal(host.warm.size, 1);
});

Deno.test("after a kernel's crash a module in a warm cell is taken over by the name the watchdog has for it, and by no other", async () => {
  const host = new ScriptedHost({ crashed: true, epoch: 2, warm_cells: 1 });
  const [a, b] = [await host.planned("a"), await host.planned("b")];
  host.plan = { modules: new Map([[a.spec.api, a], [b.spec.api, b]]), rejected: [] };
  host.lives.expect(host.plan);
  const reported = (api: string, instance: string, hash: string) => ({
    ...{
      instance: instance as InstanceId,
      api,
      hash,
      phase: "running",
      started_at: 0,
      has_run: true,
      tools: [],
    } as const,
  });
  await host.outlived("@warm~1000001", [reported("a", "1.1", a.hash)], "a");
  await host.outlived("@warm~1000002", [reported("b", "1.2", b.hash)], "a");
  await host.outlived("@warm~1000003", []);
  host.allReported();
  await host.settle();
  assert.deepEqual([host.life("a").current?.id, host.life("b").current], ["1.1", undefined]);
  assert.deepEqual([host.warm.size, host.alive.map(({ cell }) => cell)], [
    1,
    ["@warm~1000001", "@warm~1000003"] as CellId[],
  ]);
});
