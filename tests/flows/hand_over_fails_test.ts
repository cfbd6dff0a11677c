/** Hand-overs that fail at bad moments: the kernel that leads, or the one after it, can do everything as before. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const FILES = {
  "plugins/a.js": "export class Module { hello() { return 1; } }",
  "configs/a.yml": "",
};
const SHIPPED = `import { Kernel as Shipped } from "meta-machine/kernel";\n`;

/** Everything that a kernel does with its sockets: a command, a new cell, a reload. */
async function serves(host: RunningHost): Promise<void> {
  await host.write({ "plugins/b.js": FILES["plugins/a.js"], "configs/b.yml": "" });
  await until(
    async () => (await host.module("b"))?.state === "running",
    10_000,
    () => `b does not run:\n${host.stderr}`,
  );
  assert.deepEqual([await host.call("a", "hello"), await host.call("b", "hello")], [1, 1]);
  const { code, err } = await host.cli("reload", "a");
  assert.equal(code, 0, err);
}

Deno.test("a successor that published its sockets and then failed leaves them to the kernel that leads: commands and new cells find it", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "kernel/publishes.ts": `${SHIPPED}export class Kernel extends Shipped {
      constructor(setup) { super(setup); this.setup = setup; }
      async boot() {
        const { powers, hello: { run, epoch } } = this.setup;
        for (const [own, published] of [["k", "k"], ["c", "control"]]) {
          await powers.sockets.listen(run + "/" + own + "." + epoch + ".sock", run + "/" + published + ".sock", (c) => c.close());
        }
        throw new Error("published, and no further");
      }
    }`,
  });
  await host.write({ "configs/meta-v2.yml": "prog: publishes\n" });
  await until(() => host.stderr.includes("meta-v2.yml is passed over"), 15_000, () => host.stderr);
  // The command that comes in the very moment may still meet the dead one.
  await until(async () => (await host.cli("status")).code === 0, 5_000, () => host.stderr);
  await serves(host);
});

Deno.test("a kernel that follows one that died beside its successor waits for nobody: modules are reloaded", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "kernel/hangs.ts":
      `${SHIPPED}export class Kernel extends Shipped { importState() { return new Promise(() => {}); } }`,
  });
  const { kernel: { pid } } = await host.status();
  await host.write({ "configs/meta-v2.yml": "prog: hangs\n" });
  await until(() => host.stderr.includes("to take over"), 15_000, () => host.stderr);
  Deno.kill(pid, "SIGKILL");
  await until(
    async () => (await host.cli("status")).code === 0 && (await host.status()).kernel.pid !== pid,
    10_000,
    () => {
      return host.stderr;
    },
  );
  await serves(host);
});
