/** Modules that are asked for their state and give what they should not: the reload is refused by name, and the old instance serves on. */
import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const SHORT = "limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}\n";
const module = (state: string) =>
  `export class Module {
  answer() { return 42; }
  exportState() { ${state} }
  importState() {}
}`;

Deno.test("an exportState that loops ends its own cell at liveness_ms; the module begins anew, and a stop waits for nobody", async () => {
  await underAttack(
    { "plugins/loops.js": module("for (;;);"), "configs/loops.yml": SHORT },
    async (attacked) => {
      const { pid } = await attacked.module("loops");
      const reloaded = await attacked.verb("reload", { api: "loops" });
      assert.ok(!reloaded.ok);
      const waiting = attacked.tryCall("loops", "answer");
      const answered = await waiting;
      assert.equal(answered.ok || answered.fault.code, "module_killed");
      await attacked.reaches("loops", ["running"]);
      assert.notEqual((await attacked.module("loops")).pid, pid);
      assert.equal(await attacked.call("loops", "answer"), 42);
      // The end of the test stops the host, and so asks for the state once more.
    },
  );
});
