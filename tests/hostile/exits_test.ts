import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

Deno.test("a cell that is killed from outside in the middle of a call: the call fails by name, the module is back", async () => {
  await underAttack({
    "plugins/victim.js": "export class Module { wait() { return new Promise(() => {}); } fine() { return 1; } }",
    "configs/victim.yml": "",
  }, async (attacked) => {
    const { pid } = await attacked.module("victim");
    const waiting = attacked.fault("victim", "wait");
    await until(async () => (await attacked.module("victim")).active_tasks > 0, 3_000, () => "the call did not arrive");
    Deno.kill(pid!, "SIGKILL");
    const { code, maybe_ran } = await waiting;
    assert.deepEqual({ code, maybe_ran }, { code: "module_killed", maybe_ran: true });
    await attacked.reaches("victim", ["running"]);
    assert.equal(await attacked.call("victim", "fine"), 1);
  });
});
