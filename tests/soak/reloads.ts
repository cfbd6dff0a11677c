/**
 * Reloads a module with a state again and again and shows what the kernel, the watchdog and the module's cell hold: their memory must stay flat. Not part of the
 * suite: it takes minutes.
 *
 *     deno run -A --cached-only --no-check --unstable-worker-options tests/soak/reloads.ts [RELOADS=2000] [CELL=own] [WARM_CELLS=0]
 */
import assert from "node:assert/strict";
import type { ControlVerb, ControlVerbs } from "../../kernel/contract/control.ts";
import { connectHost } from "../../kernel/cli/connect.ts";
import { requestHost } from "../../kernel/cli/control_client.ts";
import { RunningHost } from "../flows/running_host.ts";

const [reloads = 2_000, warm_cells = 0] = [Deno.args[0], Deno.args[2]].map((arg) => arg && Number(arg)) as number[];
const cell = Deno.args[1] ?? "own";
const SAMPLES = 10;
/** By then a cell has given back what it does not use. */
const SETTLED_MS = 3_000;

const MODULE = `export class Module {
  n = 0;
  add() { return ++this.n; }
  exportState() { return this.n; }
  importState(n) { this.n = n; }
}`;

await using host = await RunningHost.start({
  "configs/meta.yml": `prog: kernel\nwarm_cells: ${warm_cells}\n`,
  "plugins/counter.js": MODULE,
  "configs/counter.yml": `cell: ${cell}\n`,
  "configs/beside.yml": `prog: counter\ncell: ${cell}\n`,
});
const { kernel, modules } = await ask("status", {});
const beside = modules.find(({ api }) => api === "beside")!.pid!;
console.log("reloads, then resident MB of kernel, watchdog, and a cell that is not reloaded");
for (let done = 0; done <= reloads; done++) {
  if (done % Math.ceil(reloads / SAMPLES) === 0) {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    console.log(done, ...[kernel.pid, host.pid, beside].map(megabytes));
  }
  await ask("reload", { api: "counter" });
  assert.equal(await ask("call", { api: "counter", method: "add", args: [] }), done + 1);
}

async function ask<V extends ControlVerb>(
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<ControlVerbs[V]["answer"]> {
  const connection = await connectHost(host.home);
  assert.ok(connection.ok);
  const answer = await requestHost(connection.value, verb, params);
  assert.ok(answer.ok, answer.ok ? "" : `${verb}: ${answer.fault.message}`);
  return answer.value;
}

function megabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return Math.round(Number(kilobytes) / 102.4) / 10;
}
