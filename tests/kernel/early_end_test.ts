/** A kernel that is to end, or to hand over, before the cells that outlived its predecessor have reported: nothing of theirs is lost for that. */
import assert from "node:assert/strict";
import type { InstanceId } from "../../kernel/contract/names.ts";
import { cellId, instanceIn } from "../../kernel/contract/names.ts";
import type { CellReport } from "../../kernel/contract/wire.ts";
import { findMetaFiles } from "../../kernel/config/mod.ts";
import { runKernel } from "../../kernel/bootstrap/mod.ts";
import { HostileCell } from "../fuzz/hostile_cell.ts";
import { hello, makeHome, ScriptedPowers } from "./scripted_powers.ts";

const TOKEN = "ab".repeat(32);
const CELL = cellId("notes", 1_000_001);
const FILES = {
  "configs/meta.yml": "prog: kernel",
  "configs/notes.yml": "",
  "plugins/notes.js": "export class Module {}",
};

async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 600 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(what(), "it did not come to that");
}
function known(powers: ScriptedPowers): void {
  powers.say({ t: "cells", cells: [{ cell: CELL, pid: 1, token: TOKEN }] });
}
function reported(instance: InstanceId): string {
  const one: CellReport["instances"][number] = {
    ...{ instance, api: "notes", hash: "older", phase: "running", started_at: 1, has_run: true, tools: [] },
    state: "both",
  };
  return JSON.stringify({ instances: [one], holds: [] } satisfies CellReport);
}

Deno.test("a kernel that is to end before a cell has reported waits for that, and has the module's last state kept", async () => {
  const home = await makeHome(FILES);
  const powers = new ScriptedPowers();
  known(powers);
  const running = runKernel(powers, hello(home, { epoch: 2 }));
  const socket = `${home}/runtime/run/k.sock`;
  await until(() => {
    try {
      return Deno.statSync(socket).isSocket === true;
    } catch {
      return false;
    }
  });
  powers.say({ t: "drain", ms: 4_000 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const cell = new HostileCell(socket, { cell: CELL, token: TOKEN, killed: undefined });
  const told: string[] = [];
  cell.onMessage = (message) => {
    told.push(message.t);
    if (message.t === "export") void cell.say([{ t: "state", id: message.id, ok: true }, '"what it knew"']);
    if (message.t === "shutdown") void cell.say([{ t: "ended", instance: message.instance, what: "shutdown" }]);
    if (message.t !== "bye") return;
    cell.close();
    powers.say({ t: "exited", cell: CELL, code: 0, signal: null });
  };
  assert.ok(await cell.attach());
  await cell.say([{ t: "report" }, reported(instanceIn(CELL, 1, 1))]);
  assert.equal(await running, 0);
  assert.ok(told.includes("export"), told.join(" "));
  const kept = [...Deno.readDirSync(`${home}/runtime/image/state`)].map(({ name }) => name);
  assert.ok(kept.some((name) => name.startsWith("notes")), kept.join(" "));
  powers.hangUp();
  await Deno.remove(home, { recursive: true });
});

Deno.test("a kernel that is to hand over before a cell has reported tells its state only then: the module would have no instance in it", async () => {
  const home = await makeHome({ "configs/meta.yml": "prog: kernel" });
  const powers = new ScriptedPowers();
  const former = { format: 1, config: "meta.yml", epoch: 1, modules: [], calls: { statistics: [], circuits: [] } };
  let led = 0;
  powers.answers = (message) => {
    if (message.t === "take_over") return { t: "state", state: former };
    if (message.t !== "imported") return undefined;
    led = performance.now();
    powers.say({ t: "lead", epoch: 2 });
    return { t: "state", state: null };
  };
  known(powers);
  const [meta] = await findMetaFiles(powers.files, home);
  const successor = { meta: "meta.yml", hash: meta!.hash };
  const running = runKernel(powers, hello(home, { epoch: 2, successor, beside_former: true }));
  await until(() => powers.sent.some(({ t }) => t === "state"));
  assert.ok(performance.now() - led > 900, "the cell had a second to report");
  powers.say({ t: "lead", epoch: 3 });
  assert.equal(await running, 0);
  assert.deepEqual(powers.sent.at(-1), { t: "leave" });
  powers.hangUp();
  await Deno.remove(home, { recursive: true });
});
