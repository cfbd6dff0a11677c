/** What a candidate's outcomes say of it, beside what was expected and beside those of its predecessor. */
import type { ProposalFinding, ShadowOutcome } from "meta-machine";
import type { Probe } from "./probes.ts";
import { sameValue, shortly } from "./same_value.ts";

type Outcome = ShadowOutcome["outcomes"][number];

export interface Compared {
  readonly candidate: readonly Outcome[];
  /** None for a new module. */
  readonly predecessor: readonly Outcome[] | undefined;
}

/** Milliseconds that say nothing: a process that has just begun is late now and then. */
const NOISE_MS = 250;

/** A finding for each probe, and one for the time of all of them. `slower`: so many times its predecessor's time is allowed. */
export function compare(
  calls: readonly Probe[],
  { candidate, predecessor }: Compared,
  slower: number,
): ProposalFinding[] {
  const probes = calls.map((call, i) => probeFinding(call, candidate[i], predecessor?.[i]));
  if (predecessor === undefined || calls.length === 0 || probes.some(({ passed }) => !passed)) return probes;
  return [...probes, timeFinding(total(candidate), total(predecessor), slower)];
}

function probeFinding(
  { check = "probe", method, expect }: Probe,
  now: Outcome | undefined,
  before: Outcome | undefined,
): ProposalFinding {
  if (now === undefined) return { check, passed: false, said: `'${method}' was not answered` };
  if (expect !== undefined) {
    if (!now.ok) return { check, passed: false, said: `'${method}' failed: ${now.fault?.code}: ${now.fault?.message}` };
    if (sameValue(now.value, expect.value)) return { check, passed: true, said: `'${method}' gives what is expected` };
    return {
      check,
      passed: false,
      said: `'${method}' gives ${shortly(now.value)}, expected is ${shortly(expect.value)}`,
    };
  }
  // Nothing that passed before fails now; what failed before may go on failing.
  if (before === undefined || !before.ok) {
    return { check, passed: true, said: `'${method}' has nothing to be held against` };
  }
  if (!now.ok) return { check, passed: false, said: `'${method}' failed, and did not before: ${now.fault?.message}` };
  if (sameValue(now.value, before.value)) return { check, passed: true, said: `'${method}' gives what it gave` };
  return { check, passed: false, said: `'${method}' gives ${shortly(now.value)}, and gave ${shortly(before.value)}` };
}

function timeFinding(now: number, before: number, slower: number): ProposalFinding {
  const passed = now <= before * slower + NOISE_MS;
  return {
    check: "time",
    passed,
    said: `its calls took ${now} ms; its predecessor's ${before}, of which ${slower} times are allowed`,
  };
}

function total(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, { ms }) => sum + ms, 0);
}
