/** What a machine of twelve small modules beside the shipped ones costs: memory is held to its bound, processor time is shown. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

const PROGRAM = new URL("../../", import.meta.url).pathname;
const SHIPPED = ["my_module.yml", "services/database.yml", "services/filesystem.yml", "tasks/rl_trainer.yml"];
const COPIES = 12;
const MEGABYTES = 400;
/** By then every process has given back what its start took. */
const SETTLED_MS = 12_000;
const IDLE_MS = 10_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function hostOfSixteen(): Promise<RunningHost> {
  const files: Record<string, string> = {};
  for (const path of SHIPPED) files[`configs/${path}`] = await Deno.readTextFile(`${PROGRAM}configs/${path}`);
  for (let copy = 1; copy <= COPIES; copy++) {
    files[`configs/copy${copy}.yml`] = `prog: my_module\napi: copy${copy}\ncell: own\n`;
  }
  return await RunningHost.start(files, { env: await environmentOfStart() });
}

/** What `deno task start` sets for the watchdog. */
async function environmentOfStart(): Promise<Record<string, string>> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${PROGRAM}deno.json`));
  return Object.fromEntries(
    [...tasks.start.command.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );
}

/** Proportional set size: a page that several processes share counts as its part in each. */
function pss(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kilobytes) / 1_024;
}

/** Processor milliseconds of all its threads so far. */
function cpu(pid: number): number {
  let ns = 0;
  for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
    ns += Number(Deno.readTextFileSync(`/proc/${pid}/task/${name}/schedstat`).split(" ")[0]);
  }
  return ns / 1e6;
}

Deno.test({
  name: `the shipped modules and ${COPIES} copies of my_module in cells of their own take less than ${MEGABYTES} MB`,
  ignore: Deno.build.os !== "linux",
  async fn(t) {
    await using host = await hostOfSixteen();
    const { kernel, modules } = await host.status();
    assert.deepEqual(modules.filter(({ state }) => state !== "running").map(({ api }) => api), []);
    const cells = new Set(modules.map(({ pid }) => pid!));
    assert.ok(cells.size >= COPIES + 2, `${cells.size} cells`);
    const pids = [host.pid, kernel.pid, ...cells];
    await pause(SETTLED_MS);
    const megabytes = pids.reduce((sum, pid) => sum + pss(pid), 0);
    const before = pids.reduce((sum, pid) => sum + cpu(pid), 0);
    await pause(IDLE_MS);
    const percent = 100 * (pids.reduce((sum, pid) => sum + cpu(pid), 0) - before) / IDLE_MS;
    // In the name, since the runner keeps what a passing test prints to itself.
    await t.step(`${pids.length} processes: ${megabytes.toFixed(1)} MB PSS, ${percent.toFixed(2)} % of a core`, () => {
      assert.ok(megabytes < MEGABYTES, `${megabytes.toFixed(1)} MB`);
    });
  },
});
