/** A host in bad company: random acts for so many minutes; meanwhile and at the end it is asked whether anything was lost, done twice, hangs, or grows. */
import assert from "node:assert/strict";
import { RunningHost, until } from "../flows/running_host.ts";
import { act, KERNELS, pause, type Scene } from "./acts.ts";
import { type Figures, figuresOf, growth } from "./figures.ts";
import { Operator } from "./operator.ts";
import { Random } from "./random.ts";
import { homeFiles } from "./world.ts";

export interface SoakOptions {
  readonly minutes: number;
  /** The same one draws the same acts. */
  readonly seed: number;
  readonly say: (line: string) => void;
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined;
}

interface Account {
  readonly made: number;
  readonly ok: number;
  readonly wrong: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly unexpected: readonly string[];
  readonly pending: number;
  readonly oldest_ms: number;
}
type Report = Readonly<Record<string, Account>>;

/** A call ends within its own time, and a little more on a busy machine. */
const OLDEST_MS = 45_000;
/** Growth of the watchdog from the second third of the time to the last. The kernel is another process too often for that: it has an upper bound. */
const WATCHDOG_GROWTH_MB = 12;
const KERNEL_MB = 250;
const DESCRIPTORS = 12;
/** Of the host's log, when something does not hold. */
const LAST_LINES = 200;

/** Rejects with what does not hold. */
export async function soak({ minutes, seed, say, signal }: SoakOptions): Promise<void> {
  await using host = await RunningHost.start({ ...await homeFiles(), ...KERNELS });
  try {
    await endure(host, { minutes, seed, say, signal });
  } catch (error) {
    say(`the host's last words:\n${host.stderr.split("\n").slice(-LAST_LINES).join("\n")}`);
    throw error;
  }
}

async function endure(host: RunningHost, { minutes, seed, say, signal }: SoakOptions): Promise<void> {
  const operator = new Operator(host.home);
  const scene: Scene = { host, operator, random: new Random(seed), turn: 0 };
  const done = new Map<string, number>();
  const watchdog: Figures[] = [];
  let kernel_mb = 0;
  say(`soak of ${minutes} minutes, seed ${seed}, host ${host.pid}`);
  const end = performance.now() + minutes * 60_000;
  for (let said = performance.now(); performance.now() < end && !signal?.aborted;) {
    const name = await act(scene);
    done.set(name, (done.get(name) ?? 0) + 1);
    await pause(scene.random.below(700));
    const kernel = figuresOf(await operator.kernelPid());
    kernel_mb = Math.max(kernel_mb, kernel?.rss_mb ?? 0);
    const own = figuresOf(host.pid);
    assert.ok(own, `the host has ended:\n${host.stderr.slice(-4_000)}`);
    watchdog.push(own);
    if (performance.now() - said < 15_000) continue;
    said = performance.now();
    const report = await operator.mustCall<Report>("driver", "report");
    say(
      `${scene.turn} acts, ${told(report)}, watchdog ${own.rss_mb.toFixed(0)} MB, kernel ${
        (kernel?.rss_mb ?? 0).toFixed(0)
      } MB`,
    );
    judge(report);
  }
  say(`acts: ${[...done].map(([name, times]) => `${name} ${times}`).join(", ")}`);
  await settle(host, operator);
  const found = await operator.mustCall<string[]>("driver", "judge");
  assert.deepEqual(found, []);
  const grown = growth(watchdog);
  say(
    `watchdog grew by ${grown.rss_mb.toFixed(1)} MB and ${grown.descriptors} descriptors, kernels took at most ${
      kernel_mb.toFixed(0)
    } MB`,
  );
  assert.ok(grown.rss_mb < WATCHDOG_GROWTH_MB, `the watchdog grew by ${grown.rss_mb} MB`);
  assert.ok(grown.descriptors <= DESCRIPTORS, `the watchdog holds ${grown.descriptors} descriptors more`);
  assert.ok(kernel_mb < KERNEL_MB, `a kernel took ${kernel_mb} MB`);
  const kernel = figuresOf(await operator.kernelPid());
  assert.ok(kernel!.descriptors < 64 + DESCRIPTORS, `the kernel holds ${kernel!.descriptors} descriptors`);
}

/** Nothing is done to it any more: every call comes to its end, every module serves again. */
async function settle(host: RunningHost, operator: Operator): Promise<void> {
  await operator.mustCall("driver", "stop");
  let report: Report = {};
  await until(
    async () =>
      Object.values(report = await operator.mustCall<Report>("driver", "report")).every(({ pending }) => pending === 0),
    60_000,
    () => `calls do not end: ${told(report)}`,
  );
  judge(report);
  for (const [name, { ok }] of Object.entries(report)) assert.ok(ok > 0, `no call of '${name}' was answered`);
  let states = "";
  const serves = async () => {
    const { modules } = await operator.must("status", {});
    for (const { api, state } of modules) if (state === "quarantined") await operator.ask("quarantine lift", { api });
    states = modules.map(({ api, state, reason = "" }) => `${api} ${state} ${reason}`).join("\n");
    return modules.every(({ state }) => state === "running" || state === "sleeping");
  };
  await until(serves, 60_000, () => `not all modules serve again:\n${states}\n${host.stderr.slice(-2_000)}`);
}

function judge(report: Report): void {
  for (const [name, { wrong, unexpected, oldest_ms }] of Object.entries(report)) {
    assert.equal(wrong, 0, `'${name}' got another's answer, or items out of order`);
    assert.deepEqual(unexpected, [], `'${name}' ended with faults that nothing explains`);
    assert.ok(oldest_ms < OLDEST_MS, `a call of '${name}' has waited for ${oldest_ms} ms`);
  }
}

function told(report: Report): string {
  return Object.entries(report).map(([name, { made, ok, pending, faults }]) => {
    const failed = Object.entries(faults).map(([code, times]) => ` ${code} ${times}`).join("");
    return `${name} ${ok}/${made} (${pending} open${failed})`;
  }).join(", ");
}
