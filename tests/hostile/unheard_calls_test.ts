import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

Deno.test("a refused call that nobody waited for is a line in the log, and no reason to restart its module", async () => {
  await underAttack({
    "plugins/careless.js": `export class Module {
      constructor(kernel) { this.kernel = kernel; }
      async run() { for (let i = 0; i < 20; i++) { this.kernel.getApi("nobody").hear(i); await this.kernel.sleep(5); } }
      alive() { return true; }
    }`,
    "configs/careless.yml": "grants: {services: [nobody]}\nrestart: {max: 1, window_s: 60}\n",
  }, async (attacked) => {
    const told = async () =>
      (await attacked.logs("careless")).filter(({ message }) => message.includes("nobody waited for")).length;
    await until(async () => await told() > 0, 5_000, () => "the log does not tell of the refused calls");
    const { state, restarts } = await attacked.module("careless");
    assert.deepEqual({ state, restarts }, { state: "running", restarts: 0 });
    assert.equal(await attacked.call("careless", "alive"), true);
  });
});
