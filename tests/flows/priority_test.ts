/** In what order the machine serves the processes of a host when it has not enough for all. */
import assert from "node:assert/strict";
import { getPriority } from "node:os";
import { RunningHost } from "./running_host.ts";

const FILES = {
  "plugins/one.js": "export class Module { ping() { return 1; } }",
  "configs/one.yml": "",
};
/** Of a process's threads, where the system tells. */
function ofThreads(pid: number): number[] {
  return [...Deno.readDirSync(`/proc/${pid}/task`)].map(({ name }) => {
    const stat = Deno.readTextFileSync(`/proc/${pid}/task/${name}/stat`);
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
  });
}

Deno.test("every thread of a cell stands behind watchdog and kernel, which stand where the command was started", async () => {
  await using host = await RunningHost.start(FILES);
  const { kernel, modules } = await host.status();
  const cell = modules.find(({ api }) => api === "one")!.pid!;
  const mine = getPriority();
  assert.deepEqual([host.pid, kernel.pid, cell].map((pid) => getPriority(pid)), [mine, mine, mine + 5]);
  if (Deno.build.os === "linux") {
    assert.deepEqual(new Set(ofThreads(kernel.pid)), new Set([mine]));
    assert.deepEqual(new Set(ofThreads(cell)), new Set([mine + 5]));
  }
});
