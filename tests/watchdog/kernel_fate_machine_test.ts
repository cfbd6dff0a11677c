import assert from "node:assert/strict";
import {
  EARLY_MS,
  FRESH_FATE,
  judgeDeath,
  type KernelDeath,
  type KernelFate,
  passOver,
  PROBATION_MS,
  SERVED_MS,
  type Verdict,
} from "../../kernel/watchdog/kernel_fate_machine.ts";

const V1 = { meta: "meta-v1.yml", hash: "11" };
const V2 = { meta: "meta-v2.yml", hash: "22" };

function death(more: Partial<KernelDeath> = {}): KernelDeath {
  return {
    code: 1,
    started_at: 0,
    died_at: 50,
    version: V2,
    ready_at: undefined,
    took_over_at: undefined,
    nothing_loads: false,
    ...more,
  };
}

function judgeAll(deaths: readonly KernelDeath[], from: KernelFate = FRESH_FATE): [KernelFate, Verdict[]] {
  const verdicts: Verdict[] = [];
  let fate = from;
  for (const one of deaths) {
    const [next, verdict] = judgeDeath(fate, one);
    fate = next;
    verdicts.push(verdict);
  }
  return [fate, verdicts];
}

const NOTHING = death({ version: undefined, nothing_loads: true });

Deno.test("judgeDeath passes a version over at its third early death, not at its second", () => {
  const [fate, verdicts] = judgeAll([death(), death(), death()]);
  assert.deepEqual(verdicts, [
    { do: "restart", after_ms: 0 },
    { do: "restart", after_ms: 100 },
    { do: "restart", after_ms: 0, passed_over: V2 },
  ]);
  assert.deepEqual(fate.pass_over, [V2]);
  assert.deepEqual(judgeAll([death(), death()])[0].pass_over, []);
});

Deno.test("judgeDeath counts a death at 10 s as early and one later not", () => {
  assert.equal(judgeAll([death({ died_at: EARLY_MS })])[0].early.length, 1);
  assert.equal(judgeAll([death({ died_at: EARLY_MS + 1 })])[0].early.length, 0);
});

Deno.test("judgeDeath counts no early death of a version that was ready", () => {
  const [fate] = judgeAll([death({ ready_at: 40 }), death({ ready_at: 40 }), death({ ready_at: 40 })]);
  assert.deepEqual(fate.pass_over, []);
});

Deno.test("judgeDeath counts each hash of a meta file by itself", () => {
  const changed = { ...V2, hash: "33" };
  const [fate] = judgeAll([death(), death(), death({ version: changed }), death({ version: changed })]);
  assert.deepEqual(fate.pass_over, []);
});

Deno.test("judgeDeath replaces what was passed over when the changed file dies early too", () => {
  const changed = { ...V2, hash: "33" };
  const [fate] = judgeAll([death(), death(), death(), ...Array(3).fill(death({ version: changed }))]);
  assert.deepEqual(fate.pass_over, [changed]);
});

Deno.test("judgeDeath restarts a kernel that served at once, however often", () => {
  const served = death({ ready_at: 10, died_at: 10 + SERVED_MS, code: null });
  assert.deepEqual(judgeAll(Array(20).fill(served))[1], Array(20).fill({ do: "restart", after_ms: 0 }));
});

Deno.test("judgeDeath pauses longer up to 5 s for one that dies upon ready", () => {
  const crash = death({ ready_at: 10, died_at: 9 + SERVED_MS });
  const pauses = judgeAll(Array(9).fill(crash))[1].map((verdict) => verdict.do === "restart" ? verdict.after_ms : -1);
  assert.deepEqual(pauses, [0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
});

Deno.test("judgeDeath ends when nothing loads at the first start, not when a kernel has served before", () => {
  assert.deepEqual(judgeAll([NOTHING])[1], [{ do: "end" }]);
  assert.deepEqual(judgeAll([death({ ready_at: 10, died_at: 9_000 }), NOTHING])[1][1], { do: "restart", after_ms: 0 });
});

Deno.test("judgeDeath ends only at exit code 1: a kernel that was killed is restarted", () => {
  assert.equal(judgeAll([{ ...NOTHING, code: null }])[1][0]!.do, "restart");
});

Deno.test("judgeDeath brings back what it passed over last when nothing else loads, and restarts it for ever", () => {
  const [passed] = judgeAll([
    death(),
    death(),
    death(),
    death({ version: V1 }),
    death({ version: V1 }),
    death({ version: V1 }),
  ]);
  assert.deepEqual(passed.pass_over, [V2, V1]);
  const [fate, [verdict]] = judgeAll([NOTHING], passed);
  assert.deepEqual(verdict, { do: "restart", after_ms: 0 });
  assert.deepEqual([fate.pass_over, fate.last_left], [[V2], V1]);
  const [later, verdicts] = judgeAll(Array(12).fill(death({ version: V1 })), fate);
  assert.deepEqual(later.pass_over, [V2]);
  assert.deepEqual(verdicts.at(-1), { do: "restart", after_ms: 5_000 });
});

const LED = { ready_at: 900, took_over_at: 1_000 };

Deno.test("judgeDeath passes a version over that died within 10 s after it took over, at its first death, and starts the one before at once", () => {
  const [fate, verdicts] = judgeAll([death({ ...LED, died_at: 1_000 + PROBATION_MS })]);
  assert.deepEqual(verdicts, [{ do: "restart", after_ms: 0, passed_over: V2 }]);
  assert.deepEqual([fate.pass_over, fate.in_a_row], [[V2], 0]);
  const [later, restarts] = judgeAll([death({ ...LED, died_at: 1_001 + PROBATION_MS })]);
  assert.deepEqual([later.pass_over, restarts], [[], [{ do: "restart", after_ms: 0 }]]);
});

Deno.test("judgeDeath puts nobody on probation who took over from nobody, or with the version that led before", () => {
  assert.deepEqual(judgeAll([death({ ready_at: 900, died_at: 1_200 })])[0].pass_over, []);
});

Deno.test("judgeDeath knows of no probation for a version that it can't name, nor for the last one left", () => {
  assert.deepEqual(judgeAll([death({ ...LED, version: undefined, died_at: 1_500 })])[0].pass_over, []);
  const last: KernelFate = { ...FRESH_FATE, was_ever_ready: true, last_left: V2 };
  const [fate, verdicts] = judgeAll([death({ ...LED, died_at: 1_500 })], last);
  assert.deepEqual([fate.pass_over, verdicts], [[], [{ do: "restart", after_ms: 0 }]]);
});

Deno.test("passOver remembers one version of each file: the one that failed last", () => {
  const [again, other] = [{ ...V1, hash: "changed" }, V2];
  const fate = [V1, other, again].reduce(passOver, FRESH_FATE);
  assert.deepEqual(fate.pass_over, [other, again]);
});
