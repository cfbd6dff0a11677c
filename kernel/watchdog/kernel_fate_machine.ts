/** What becomes of the kernel when it dies: a pure machine over its deaths. */
import { backOff } from "../primitives/back_off.ts";

/** The meta file that a kernel was loaded from, and the hash of its text. */
export interface KernelVersion {
  readonly meta: string;
  readonly hash: string;
}

/** How one kernel lived and died. Times in milliseconds of one monotonic clock. */
export interface KernelDeath {
  readonly code: number | null;
  readonly started_at: number;
  readonly died_at: number;
  /** Undefined when it died before it said which version it is. */
  readonly version: KernelVersion | undefined;
  /** Undefined when it died before it served. */
  readonly ready_at: number | undefined;
  /** When it took over from another one with a new version; undefined for one that took over from nobody, or with the version that led before. */
  readonly took_over_at: number | undefined;
  /** Its last word was that no meta file loads. */
  readonly nothing_loads: boolean;
}

export interface KernelFate {
  /** Versions that the next kernel must not load. A changed file has another hash and is tried again. */
  readonly pass_over: readonly KernelVersion[];
  /** Early deaths of versions not yet passed over. */
  readonly early: readonly (KernelVersion & { readonly deaths: number })[];
  /** Deaths in a row without having served; they lengthen the pause. */
  readonly in_a_row: number;
  readonly was_ever_ready: boolean;
  /** The version that is restarted for ever, since nothing else is left. */
  readonly last_left: KernelVersion | undefined;
}

export const FRESH_FATE: KernelFate = Object.freeze({
  pass_over: [],
  early: [],
  in_a_row: 0,
  was_ever_ready: false,
  last_left: undefined,
});

/** What the watchdog does next. */
export type Verdict =
  | { readonly do: "restart"; readonly after_ms: number; readonly passed_over?: KernelVersion }
  | { readonly do: "end" };

/** A version that dies this often, this soon, is passed over: a loop of crashes would keep an older, working one from serving. */
export const EARLY_DEATHS = 3;
export const EARLY_MS = 10_000;
/** So long after it took over, a new version is on probation: if it dies, the former one is started again. */
export const PROBATION_MS = 10_000;
/** A kernel that served for less than this is as good as one that never did: a crash upon `ready` must not spin. */
export const SERVED_MS = 200;

/** The next fate and what to do. Ends only when no meta file loads, nothing was passed over and no kernel ever served. */
export function judgeDeath(fate: KernelFate, death: KernelDeath): readonly [KernelFate, Verdict] {
  const was_ever_ready = fate.was_ever_ready || death.ready_at !== undefined;
  const known = { ...fate, was_ever_ready };
  if (death.nothing_loads && death.code === 1 && death.ready_at === undefined) return judgeEmptiness(known);
  if (isOnProbation(death) && !isSame(death.version!, fate.last_left)) {
    return [{ ...passOver(known, death.version!), in_a_row: 0 }, {
      do: "restart",
      after_ms: 0,
      passed_over: death.version!,
    }];
  }
  const served = death.ready_at !== undefined && death.died_at - death.ready_at >= SERVED_MS;
  if (served) return [{ ...known, in_a_row: 0, early: [] }, { do: "restart", after_ms: 0 }];
  const next = { ...known, in_a_row: fate.in_a_row + 1 };
  const soon = death.ready_at === undefined && death.died_at - death.started_at <= EARLY_MS;
  if (!soon || death.version === undefined || isSame(death.version, fate.last_left)) return [next, pauseOf(next)];
  return countEarlyDeath(next, death.version);
}

/** The next kernel does not load this version; another one of the same file is no longer there. */
export function passOver(fate: KernelFate, { meta, hash }: KernelVersion): KernelFate {
  return { ...fate, pass_over: [...fate.pass_over.filter((one) => one.meta !== meta), { meta, hash }] };
}

function isOnProbation({ version, took_over_at, died_at }: KernelDeath): boolean {
  return version !== undefined && took_over_at !== undefined && died_at - took_over_at <= PROBATION_MS;
}

function countEarlyDeath(fate: KernelFate, version: KernelVersion): readonly [KernelFate, Verdict] {
  const { meta, hash } = version;
  const deaths = (fate.early.find((one) => isSame(one, version))?.deaths ?? 0) + 1;
  const others = fate.early.filter((one) => !isSame(one, version));
  if (deaths < EARLY_DEATHS) {
    const next = { ...fate, early: [...others, { meta, hash, deaths }] };
    return [next, pauseOf(next)];
  }
  return [{ ...passOver(fate, version), early: others, in_a_row: 0 }, {
    do: "restart",
    after_ms: 0,
    passed_over: { meta, hash },
  }];
}

/** Nothing loads. What was passed over last comes back, for ever: it is the last one left. */
function judgeEmptiness(fate: KernelFate): readonly [KernelFate, Verdict] {
  const last_left = fate.pass_over.at(-1);
  if (last_left !== undefined) {
    const next = { ...fate, pass_over: fate.pass_over.slice(0, -1), last_left };
    return [next, pauseOf({ ...next, in_a_row: 1 })];
  }
  if (!fate.was_ever_ready && fate.last_left === undefined) return [fate, { do: "end" }];
  const next = { ...fate, in_a_row: fate.in_a_row + 1 };
  return [next, pauseOf(next)];
}

/** At once, then 100 ms, doubling up to 5 s; without jitter, since there is one kernel. */
function pauseOf({ in_a_row }: KernelFate): Verdict {
  return { do: "restart", after_ms: in_a_row <= 1 ? 0 : backOff(in_a_row - 1, 1) };
}

function isSame(a: KernelVersion, b: KernelVersion | undefined): boolean {
  return a.meta === b?.meta && a.hash === b.hash;
}
