/** What may happen to a host in a soak: one act at a time, each drawn by chance. */
import { BROKEN_KERNELS } from "../flows/kernels/broken.ts";
import type { RunningHost } from "../flows/running_host.ts";
import type { Operator } from "./operator.ts";
import type { Random } from "./random.ts";
import { keeperSource, workerSource } from "./world.ts";

export interface Scene {
  readonly host: RunningHost;
  readonly operator: Operator;
  readonly random: Random;
  /** Counts up with every act, for texts that have to differ. */
  turn: number;
}

type Act = (scene: Scene) => Promise<unknown>;

/** Those that fail at once: the others take the watchdog's patience, and would take the soak's time. */
const QUICK_TO_FAIL = [
  "does_not_load",
  "no_class",
  "throws_constructing",
  "throws_importing",
  "throws_booting",
  "exits_importing",
] as const;
const VERBS = ["spin", "bomb", "throws", "exits"] as const;

/** By name; the number is how often it is drawn. */
const ACTS: Readonly<Record<string, readonly [number, Act]>> = {
  "reload worker": [6, ({ host, turn }) => host.write({ "plugins/worker.js": workerSource(turn) })],
  "reload keeper": [4, ({ host, turn }) => host.write({ "plugins/keeper.js": keeperSource(turn) })],
  "edit a config": [
    3,
    ({ host, turn }) => host.write({ "configs/streams.yml": `limits: {open_streams: 512}\nturn: ${turn}\n` }),
  ],
  "break a config": [2, async ({ host }) => {
    const file = `${host.home}/configs/streams.yml`;
    const text = await Deno.readTextFile(file);
    await host.write({ "configs/streams.yml": "limits: [" });
    await pause(600);
    await host.write({ "configs/streams.yml": text });
  }],
  "kill the kernel": [4, async ({ operator }) => kill(await operator.kernelPid())],
  "kill a cell": [
    4,
    async ({ operator, random }) =>
      kill(await operator.pidOf(random.pick(["worker", "database", "streams", "naps", "noise"]))),
  ],
  "swap the kernel": [5, async ({ host, turn }) => {
    const file = `${host.home}/configs/meta-v2.yml`;
    if (await Deno.stat(file).then(() => true, () => false)) await Deno.remove(file);
    else await host.write({ "configs/meta-v2.yml": `prog: kernel\n# ${turn}\n` });
    await pause(800);
  }],
  "upgrade": [2, ({ operator }) => operator.ask("upgrade", {})],
  "a kernel that can't take over": [2, async ({ host, random, turn }) => {
    await host.write({ "configs/meta-v3.yml": `prog: ${random.pick(QUICK_TO_FAIL)}\n# ${turn}\n` });
    await pause(1_500);
    await Deno.remove(`${host.home}/configs/meta-v3.yml`);
  }],
  "misbehave": [4, ({ operator, random }) => Promise.race([operator.call("noise", random.pick(VERBS)), pause(1_000)])],
  "spin in a shared cell": [1, ({ operator }) => Promise.race([operator.call("pair_a", "spin"), pause(1_000)])],
  "flood the log": [3, ({ operator }) => operator.call("noise", "logs", 20_000)],
  "flood a service": [3, ({ operator }) => Promise.race([operator.call("noise", "calls", 5_000), pause(2_000)])],
  "many commands": [2, ({ operator }) => Promise.all(Array.from({ length: 20 }, () => operator.call("naps", "ask")))],
  "garbage at the door": [2, ({ host, random }) => garbage(host.home, random)],
  "disable and enable": [1, async ({ operator }) => {
    await operator.ask("disable", { api: "noise" });
    await pause(300);
    await operator.must("enable", { api: "noise" });
  }],
  "lift quarantine": [
    3,
    ({ operator, random }) => operator.ask("quarantine lift", { api: random.pick(["noise", "pair_a", "pair_b"]) }),
  ],
};

const DRAWN = Object.entries(ACTS).flatMap(([name, [times]]) => Array<string>(times).fill(name));

/** Kernels that are named by acts. */
export const KERNELS: Readonly<Record<string, string>> = Object.fromEntries(
  QUICK_TO_FAIL.map((name) => [`kernel/${name}.ts`, BROKEN_KERNELS[name]]),
);

/** Does one and says which. */
export async function act(scene: Scene): Promise<string> {
  scene.turn++;
  const name = scene.random.pick(DRAWN);
  await ACTS[name]![1](scene);
  return name;
}

export function pause(ms: number): Promise<void> {
  return new Promise((then) => setTimeout(then, ms));
}

/** Only pids that the host has just told of. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

async function garbage(home: string, random: Random): Promise<void> {
  const path = (await Deno.readTextFile(`${home}/runtime/run/address`)).trim();
  for (let time = 0; time < 5; time++) {
    const connection = await Deno.connect({ transport: "unix", path }).catch(() => undefined);
    if (connection === undefined) return;
    const bytes = Uint8Array.from({ length: 1 + random.below(4_000) }, () => random.below(256));
    await connection.write(bytes).catch(() => {});
    connection.close();
  }
}
