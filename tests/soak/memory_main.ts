/**
 * Whether memory stays flat: a million small calls, then ten thousand reloads, against a real host. Takes half an hour, so it is a task of its
 * own (`deno task soak:memory [CALLS] [RELOADS]`). Ends with code 1 when a process has grown.
 */
import type { ControlVerb, ControlVerbs } from "../../kernel/contract/control.ts";
import { RunningHost } from "../flows/running_host.ts";
import { connectHost } from "../../kernel/cli/connect.ts";
import { requestHost } from "../../kernel/cli/control_client.ts";

const [calls = 1_000_000, reloads = 10_000] = Deno.args.map(Number);
/** Megabytes that a process may have more in the last third than in the second. */
const GROWTH_MB = 8;

const CALLER = `
export class Module {
  done = 0;
  constructor(kernel) { this.callee = kernel.getApi("callee"); }
  /** So many more, 64 at a time. */
  async more(count) {
    let left = count;
    const before = this.done;
    await Promise.all(Array.from({ length: 64 }, async () => { while (left > 0) { const n = --left; if (await this.callee.echo(n) !== n) throw new Error("another answer"); this.done++; } }));
    return this.done - before;
  }
}`;
const CALLEE = "export class Module { echo(n) { return n; } }";
/** Its state goes from instance to instance. */
const COUNTER = `
export class Module {
  n = 0;
  add() { return ++this.n; }
  exportState() { return this.n; }
  importState(n) { this.n = n; }
}`;

await using host = await RunningHost.start({
  "plugins/caller.js": CALLER,
  "configs/caller.yml": "grants: {services: [callee]}\nlimits: {call_timeout_ms: 600000}\n",
  "plugins/callee.js": CALLEE,
  "configs/callee.yml": "",
  "plugins/counter.js": COUNTER,
  "configs/counter.yml": "",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // Its host would go on without it.
  Deno.addSignalListener(signal, () => void host[Symbol.asyncDispose]().then(() => Deno.exit(130)));
}
const flat = [await callsStayFlat(), await reloadsStayFlat()].every(Boolean);
Deno.exitCode = flat ? 0 : 1;

async function callsStayFlat(): Promise<boolean> {
  const steps = 20;
  const { kernel, modules } = await host.status();
  const pids = { kernel: kernel.pid, ...Object.fromEntries(modules.map(({ api, pid }) => [api, pid!])) };
  return await watch(`${calls} calls`, pids, steps, async () => {
    const done = await host.call<number>("caller", "more", Math.ceil(calls / steps));
    if (done < Math.ceil(calls / steps)) throw new Error(`only ${done} calls were answered`);
  });
}

async function reloadsStayFlat(): Promise<boolean> {
  const steps = 20;
  const { kernel } = await host.status();
  let done = 0;
  return await watch(`${reloads} reloads`, { kernel: kernel.pid, watchdog: host.pid }, steps, async () => {
    for (let n = 0; n < reloads / steps; n++) {
      await ask("reload", { api: "counter" });
      const total = await ask("call", { api: "counter", method: "add", args: [] });
      if (total !== ++done) throw new Error(`after ${done} calls its state is ${total}`);
    }
  });
}

async function ask<V extends ControlVerb>(
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<ControlVerbs[V]["answer"]> {
  const connection = await connectHost(host.home);
  if (!connection.ok) throw new Error(connection.fault.message);
  const answer = await requestHost(connection.value, verb, params);
  if (!answer.ok) throw new Error(`${verb}: ${answer.fault.message}`);
  return answer.value;
}

/** Does all steps, prints each process's memory after each, and tells whether none has grown from the second third to the last. */
async function watch(
  what: string,
  pids: Readonly<Record<string, number>>,
  steps: number,
  step: () => Promise<void>,
): Promise<boolean> {
  console.log(`\n${what}, megabytes (resident)\n${Object.keys(pids).map((name) => name.padStart(10)).join("")}`);
  const seen: number[][] = [];
  for (let n = 0; n < steps; n++) {
    await step();
    seen.push(Object.values(pids).map(residentMb));
    console.log(seen.at(-1)!.map((mb) => mb.toFixed(1).padStart(10)).join(""));
  }
  // Between two collections memory climbs: what counts is how deep it falls.
  const lowest = (part: readonly number[][], n: number) => Math.min(...part.map((row) => row[n]!));
  const third = Math.floor(steps / 3);
  const grown = Object.keys(pids).filter((_, n) =>
    lowest(seen.slice(-third), n) - lowest(seen.slice(third, 2 * third), n) > GROWTH_MB
  );
  console.log(grown.length === 0 ? "flat" : `grown: ${grown.join(", ")}`);
  return grown.length === 0;
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1]) / 1024;
}
