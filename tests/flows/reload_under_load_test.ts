import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";
import { assertNothingLost, drive, FILES, WORKER } from "./steady_calls.ts";

Deno.test("a module that is called 500 times a second is reloaded 50 times: nothing lost, doubled or failed", async () => {
  const seconds = 25;
  await using host = await RunningHost.start({ ...FILES, ...drive(seconds) });
  for (let version = 1; version <= 50; version++) {
    await host.write({ "plugins/worker.js": WORKER(version) });
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000 / 55));
  }
  const driven = await assertNothingLost(host);
  const reloads =
    (await host.events()).filter(({ kind, api }) => kind === "module.reloaded" && api === "worker").length;
  assert.ok(reloads >= 45, `only ${reloads} reloads took place`);
  console.log(`  ${driven.sent} calls, ${reloads} reloads, longest gap between answers ${driven.gap} ms`);
});

Deno.test("the kernel is killed twenty times under 1,000 calls a second: nothing lost, doubled or failed", async () => {
  await using host = await RunningHost.start({ ...FILES, ...drive(26, 1_000) });
  for (let kill = 0; kill < 20; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 900));
    const { kernel } = await host.status();
    Deno.kill(kernel.pid, "SIGKILL");
  }
  await until(async () => (await host.cli("status")).code === 0, 10_000, () => "no kernel came back");
  const driven = await assertNothingLost(host);
  console.log(`  ${driven.sent} calls, 20 kernels killed, longest gap between answers ${driven.gap} ms`);
});
