/**
 * All hostile modules in one host, each at its attack again and again, for half a minute; HOSTILE_SECONDS sets another time (`deno task soak:hostile`
 * takes the two minutes of the contract). The host answers, the neighbour is served, memory of kernel and watchdog stays flat, nothing outside is touched.
 */
import assert from "node:assert/strict";
import type { ControlVerbs } from "../../kernel/contract/control.ts";
import { FAULTS } from "../../kernel/contract/fault.ts";
import { HostUnderAttack } from "./neighbour.ts";
import { bringIn } from "./suite/attack_family.ts";
import type { Hostile } from "./suite/declaration.ts";
import { assertHarmless, logFiles } from "./suite/harmless_text.ts";
import { memoryMb, processesOf } from "./suite/processes.ts";
import { percentile, type Rhythm, rhythm } from "./suite/rhythm.ts";
import { families, hostileModules } from "./suite/read_modules.ts";
import { Surroundings } from "./suite/surroundings.ts";

const SECONDS = Number(Deno.env.get("HOSTILE_SECONDS") ?? 30);
/** Every attacker may burn a core (limits.cpu_percent): with one core more than attackers the neighbour has one to be served on. */
const WITH_ROOM = Math.max(1, navigator.hardwareConcurrency - 1);
/** More attackers than cores: then the system shares out what there is. */
const CROWDED = navigator.hardwareConcurrency + 1;
/** Where kernel and watchdog may be after all this, beyond what they were when everybody had been brought in. */
const GROWTH_MB = 40;
/** The neighbour's p99 of the contract, where there is a core for it. What the machine does besides in ten quiet seconds it may not do in the next minute. */
const P99_TIMES = 3;
const NOISE_MS = 10;
/** Where there is none, it waits for its turn among equals, twice a call: what that costs hangs on the system. */
const CROWDED_MS = 50;
const QUIET_MS = 10_000;

Deno.test(`all hostile modules at once, ${SECONDS} s: the host answers, the neighbour is served, nothing is touched or left`, async (t) => {
  const around = await Surroundings.make();
  const attacked = await HostUnderAttack.start({}, around.env);
  try {
    const alone = await rhythm(attacked, QUIET_MS);
    const modules = families().flatMap(hostileModules);
    await bringIn(attacked, around, modules);
    await settled(attacked, modules);
    // Two hundred processes have started: what that costs is no attack.
    const { worst_ms } = await attacked.call<{ worst_ms: number }>("pulse", "result");
    console.log(`while all were brought in, the neighbour's worst call took ${Math.round(worst_ms)} ms`);
    // Among all of them, of whom nobody attacks yet: two hundred neighbours cost something, and are no attack either.
    const quiet = await rhythm(attacked, QUIET_MS);
    const watchdog = attacked.host.pid;
    const before = { kernel: memoryMb(attacked.kernel_pid), watchdog: memoryMb(watchdog) };
    const ms = SECONDS * 1_000;
    const with_room = await underAttack(attacked, around, modules, { lanes: WITH_ROOM, ms: ms * 2 / 3, from: 0 });
    const crowded = await underAttack(attacked, around, modules, {
      ...{ lanes: CROWDED, ms: ms / 3, from: with_room.attacks },
    });
    const after = { kernel: memoryMb(attacked.kernel_pid), watchdog: memoryMb(watchdog) };
    // In a name, since the runner keeps what a passing test prints to itself.
    await t.step(report({ alone, quiet }, [with_room, crowded], before, after), () => {});
    await attacked.assertUnharmed();
    for (const role of ["kernel", "watchdog"] as const) {
      const grown = (after[role] ?? 0) - (before[role] ?? 0);
      assert.ok(grown < GROWTH_MB, `the ${role} grew by ${Math.round(grown)} MB`);
    }
    const allowed = P99_TIMES * percentile(quiet, 0.99) + NOISE_MS;
    for (const [{ busy, lanes }, most] of [[with_room, allowed], [crowded, allowed + CROWDED_MS]] as const) {
      const p99 = percentile(busy, 0.99);
      assert.ok(p99 < most, `with ${lanes} attackers at a time the neighbour's p99 is ${p99} ms, ${most} are allowed`);
    }
    await around.assertUntouched(attacked.home);
    for (const [name, text] of [...logFiles(attacked.home), ["stderr", attacked.host.stderr] as const]) {
      assertHarmless(name, text);
      around.assertSecretKept(name, text);
    }
  } catch (error) {
    const said = attacked.host.stderr.split("\n").filter((line) => !/ - \[[a-z_]+[/.]/.test(line));
    console.log(`what the host itself said at last:\n${said.slice(-40).join("\n").slice(-6_000)}`);
    throw error;
  } finally {
    await attacked.end().finally(() => around.end());
  }
  assert.deepEqual(processesOf(attacked.home), []);
  await around.end().catch(() => {}); // it has ended
});

/** Everybody runs, sleeps, is refused or was given up: until then processes start, three hundred and more, and that is no attack. */
async function settled(attacked: HostUnderAttack, modules: readonly Hostile[]): Promise<void> {
  const end = performance.now() + 120_000;
  let open = modules.length;
  while (performance.now() < end && open > 0) {
    const { modules: listed } = await attacked.status();
    const seen = new Map(listed.map(({ api, state }) => [api, state]));
    open = modules.filter(({ api, refused }) =>
      refused !== "config" && /^(starting|restarting|reloading|undefined)$/.test(`${seen.get(api)}`)
    ).length;
    await new Promise((resolve) =>
      setTimeout(resolve, 250)
    );
  }
}

interface Attack {
  /** Attackers at a time. */
  readonly lanes: number;
  readonly ms: number;
  /** The first of all attacks that is made. */
  readonly from: number;
}

interface UnderAttack {
  readonly busy: Rhythm;
  readonly lanes: number;
  readonly attacks: number;
}

/** The neighbour's calls while so many attack at a time. */
async function underAttack(
  attacked: HostUnderAttack,
  around: Surroundings,
  modules: readonly Hostile[],
  { lanes, ms, from }: Attack,
): Promise<UnderAttack> {
  const attacking = attackAll(attacked, around, modules, { lanes, ms, from });
  const busy = await rhythm(attacked, ms);
  return { busy, lanes, attacks: await attacking };
}

/** Calls of the declarations, in turn, whatever comes of them: a named fault or an answer without a secret. */
async function attackAll(
  attacked: HostUnderAttack,
  around: Surroundings,
  modules: readonly Hostile[],
  { lanes, ms, from }: Attack,
): Promise<number> {
  const calls = modules.flatMap(({ api, steps }) =>
    steps.filter(({ call }) => call !== undefined).map((step): ControlVerbs["call"]["params"] => ({
      api: step.of ?? api,
      method: step.call!,
      args: step.each?.[0] ?? step.args ?? [],
      ...(step.aspect !== undefined && { aspect: step.aspect }),
    }))
  );
  const end = performance.now() + ms;
  let next = from;
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (performance.now() < end) {
      const params = calls[next++ % calls.length]!;
      const answer = await attacked.verb("call", params);
      around.assertSecretKept(`${params.api}.${params.method}`, JSON.stringify(answer) ?? "");
      if (!answer.ok) assert.ok(answer.fault.code in FAULTS, `${params.api}.${params.method}: ${answer.fault.code}`);
      // Who was given up attacks again.
      if (!answer.ok && answer.fault.code === "quarantined") {
        await attacked.verb("quarantine lift", { api: params.api });
      }
    }
  }));
  return next - from;
}

function report(
  { alone, quiet }: { readonly alone: Rhythm; readonly quiet: Rhythm },
  phases: readonly UnderAttack[],
  before: object,
  after: object,
): string {
  const shown = (of: Rhythm) =>
    `p50 ${percentile(of, 0.5)} ms, p99 ${percentile(of, 0.99)} ms, worst ${percentile(of, 1)} ms of ${of.length}`;
  const told = [
    `alone: ${shown(alone)}`,
    `quiet among all: ${shown(quiet)}`,
    ...phases.map(({ busy, lanes, attacks }) => `${attacks} attacks, ${lanes} at a time: ${shown(busy)}`),
    `MB before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`,
  ];
  return told.join("; ");
}
