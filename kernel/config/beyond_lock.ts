/** What a module that came from outside asks for beyond its line in the lock: powers first, then larger shares of the machine, then ways to be less watched. */
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../contract/limits.ts";
import type { ModuleSpec } from "../contract/spec.ts";
import type { LockEntry } from "./parse_lock.ts";
import { DEFAULT_RESTART } from "./parse_restart.ts";
import { beyondGrants } from "./within_grants.ts";

/** One text for each, `key: what`; empty when all of it is allowed. */
export function beyondLock(spec: ModuleSpec, entry: LockEntry): readonly string[] {
  return [
    ...beyondGrants(spec.grants, entry.grants),
    ...beyondLimits(spec, entry),
    ...beyondRestart(spec, entry),
    ...beyondTrust(spec, entry),
  ];
}

/** Whoever takes more of the machine than others get unasked is to be asked about. */
function beyondLimits({ limits }: ModuleSpec, entry: LockEntry): readonly string[] {
  return LIMIT_NAMES.filter((name) => limits[name] > Math.max(DEFAULT_LIMITS[name], entry.limits[name] ?? 0))
    .map((name) => `limits: ${name} ${limits[name]}`);
}

/** Who may fail more often within the same time, or the same times within a shorter one, is put in quarantine later. */
function beyondRestart({ restart: { max, window_s } }: ModuleSpec, entry: LockEntry): readonly string[] {
  const within = (bound: ModuleSpec["restart"]) => max <= bound.max && window_s >= bound.window_s;
  return within(DEFAULT_RESTART) || within(entry.restart) ? [] : [`restart: max ${max} in ${window_s} s`];
}

/** In another's process it shares that one's fate and memory; without approval a model uses its tools unasked. */
function beyondTrust({ cell, approve }: ModuleSpec, entry: LockEntry): readonly string[] {
  return [
    ...cell !== "own" && cell !== entry.cell ? [`cell: ${cell}`] : [],
    ...approve === "never" && entry.approve !== "never" ? ["approve: never"] : [],
  ];
}
