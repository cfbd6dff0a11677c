/** A quarantine and what is known of the failure outlive the kernel and the host; they end with the operator's word or another version. */
import assert from "node:assert/strict";
import type { ModuleStatus } from "../../kernel/contract/status.ts";
import { RunningHost, until } from "./running_host.ts";

const FILES = {
  "plugins/bad.js": "export class Module { loop() { for (;;); } }",
  "configs/bad.yml": "limits: {liveness_ms: 600}\nrestart: {max: 0, window_s: 60}\n",
};

async function bad(host: RunningHost): Promise<{ kernel: number; module: ModuleStatus }> {
  const { kernel, modules } = await host.status();
  return { kernel: kernel.pid, module: modules.find(({ api }) => api === "bad")! };
}

Deno.test("a quarantine outlives a crash of the kernel and a start of the host, with its blame; a lift ends it", async () => {
  await using host = await RunningHost.start(FILES);
  await host.cli("call", "bad", "loop");
  await until(async () => (await bad(host)).module.state === "quarantined", 10_000, () => "it is not quarantined");
  const before = await bad(host);
  assert.equal(before.module.blame?.limit, "liveness_ms");
  assert.deepEqual(before.module.blame?.call, { caller: "@operator", method: "loop" });
  Deno.kill(before.kernel, "SIGKILL");
  await until(
    async () => await bad(host).then(({ kernel }) => kernel !== before.kernel, () => false),
    15_000,
    () => "no kernel came back",
  );
  const after = await bad(host);
  assert.deepEqual([after.module.state, after.module.reason, after.module.blame], [
    "quarantined",
    before.module.reason,
    before.module.blame,
  ]);
  // The whole host, in the same home.
  await host.stop();
  const again = await RunningHost.startIn(host.home);
  try {
    const { module } = await bad(again);
    assert.deepEqual([module.state, module.reason], ["quarantined", before.module.reason]);
    const lifted = await again.cli("quarantine", "lift", "bad");
    assert.equal(lifted.code, 0, lifted.err);
    assert.equal((await bad(again)).module.state, "running");
  } finally {
    await again.stop();
  }
});
