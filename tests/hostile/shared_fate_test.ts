/** Modules that share a process share its fate; who is to blame gets one of its own, and what is known of its failure outlives the kernel. */
import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const LOOPS = "export class Module { hello() { return 'hi'; } loop() { console.log('before the loop'); for (;;); } }";
const CALM = "export class Module { hello() { return 'hi'; } }";
const ASKS = `
export class Module {
  constructor(kernel) { this.loops = kernel.getApi("loops"); }
  async provoke() { try { await this.loops.loop(); } catch ({ code }) { return code; } }
}`;

Deno.test("who hangs a shared process gets one of its own, with the call that hung it and its last lines; the others return to the shared one", async () => {
  await underAttack({
    "plugins/loops.js": LOOPS,
    "configs/loops.yml": "cell: tools\nlimits: {liveness_ms: 2000}\n",
    "plugins/calm.js": CALM,
    "configs/calm.yml": "cell: tools\n",
    "plugins/asks.js": ASKS,
    "configs/asks.yml": "grants: {services: [loops]}\n",
  }, async (attacked) => {
    for (const api of ["loops", "calm", "asks"]) await attacked.reaches(api, ["running"]);
    const before = await attacked.module("calm");
    assert.match(before.cell!, /^tools~/);
    const { cell, restarts } = await attacked.module("loops");
    assert.equal(cell, before.cell);
    assert.equal(await attacked.call("asks", "provoke"), "module_killed");
    const loops = await attacked.reaches("loops", ["running"]);
    const calm = await attacked.reaches("calm", ["running"]);
    assert.match(loops.cell!, /^loops~/);
    assert.match(calm.cell!, /^tools~/);
    assert.deepEqual(
      [loops.restarts - restarts, calm.restarts - before.restarts, await attacked.call("calm", "hello")],
      [1, 0, "hi"],
    );
    assert.deepEqual([loops.blame?.limit, loops.blame?.call], ["liveness_ms", { caller: "asks", method: "loop" }]);
    const killed = (await attacked.events("loops")).find(({ kind }) => kind === "module.killed");
    assert.equal(killed?.detail?.["own_cell"], true);
    assert.deepEqual(killed?.detail?.["call"], { caller: "asks", method: "loop" });
    assert.equal(
      (await attacked.events("calm")).find(({ kind }) => kind === "module.killed")?.detail?.["to_blame"],
      "loops",
    );
  });
});

Deno.test("all cells together above cells_memory_mb: the one furthest above its share is ended, and the neighbours serve on", async () => {
  await underAttack({
    "configs/meta.yml": "prog: kernel\ncells_memory_mb: 560\n",
    "plugins/hoard.js": `
const kept = [];
export class Module {
  take(mb) { for (let i = 0; i < mb; i++) kept.push(new Uint8Array(1_048_576).fill(1)); return "taken"; }
}`,
    "configs/hoard.yml": "limits: {memory_mb: 600}\nrestart: {max: 0, window_s: 60}\n",
  }, async (attacked) => {
    await attacked.reaches("hoard", ["running"]);
    await attacked.tryCall("hoard", "take", 500);
    const { reason, blame } = await attacked.reaches("hoard", ["quarantined"], 30_000);
    assert.match(reason!, /^cells_memory_mb: found \d+, allowed 560; this process took \d+ of them/);
    assert.equal(blame?.limit, "cells_memory_mb");
    await until(
      async () => (await attacked.events("hoard")).some(({ detail }) => detail?.["limit"] === "cells_memory_mb"),
      5_000,
      () => "nothing tells of the ceiling",
    );
  });
});
