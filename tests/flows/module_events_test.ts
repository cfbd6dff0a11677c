/** kernel.events(): a module hears what happens, also over the death of a kernel, and only where it was granted that. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const WATCHER = `
export class Module {
  heard = [];
  why = "";
  constructor(kernel) { this.kernel = kernel; }
  async run() {
    try {
      for await (const { kind, api } of this.kernel.events(["module.ready", "module.reloaded", "module.stopped"])) {
        this.heard.push(kind + " " + api);
      }
    } catch (error) {
      this.why = error.message;
    }
  }
  all() { return this.heard; }
  refusal() { return this.why; }
}`;

Deno.test("a module hears of others as they come, change and go, each once, also after the kernel has died", async () => {
  await using host = await RunningHost.start({
    "plugins/watcher.js": WATCHER,
    "configs/watcher.yml": "grants: {kernel: [events]}\n",
    "configs/deaf.yml": "prog: watcher\n",
  });
  const heard = () => host.json<string[]>("call", "watcher", "all");
  assert.match(await host.json("call", "deaf", "refusal"), /'deaf' may not use kernel\.events/);
  await host.write({ "plugins/guest.js": "export class Module {}", "configs/guest.yml": "" });
  await until(async () => (await heard()).includes("module.ready guest"), 5_000, () => "not heard");
  const of_guest = (await heard()).filter((one) => one.endsWith(" guest"));
  assert.deepEqual(of_guest, ["module.ready guest"]);
  Deno.kill((await host.status()).kernel.pid, "SIGKILL");
  await until(async () => (await host.cli("reload", "guest")).code === 0, 10_000, () => "no kernel");
  await until(
    async () => (await heard()).includes("module.reloaded guest"),
    5_000,
    () => "not heard after the kernel died",
  );
  const all = await heard();
  assert.equal(all.filter((one) => one === "module.reloaded guest").length, 1, `${all}`);
});
