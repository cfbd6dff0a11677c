/** The limits of one module as `status API` shows them. */
import type { Limits } from "../contract/limits.ts";
import { LIMIT_NAMES } from "../contract/limits.ts";
import type { LimitStatus } from "../contract/status.ts";
import type { ModuleLife } from "./module_life.ts";

/** How often limits were hit, by their names. */
export type LimitHitsOf = Readonly<Record<string, { readonly hits: number; readonly last_time: number }>>;

const MIB = 1_048_576;

/** Beside those of its config also what else it hit: limits of its own, and those of the host. */
export function limitStatus(life: ModuleLife, hits: LimitHitsOf): Readonly<Record<string, LimitStatus>> {
  const { limits } = life.wanted.spec;
  const now = figuresNow(life);
  const of = (name: string, allowed: number): LimitStatus => ({
    allowed,
    ...(now[name as keyof Limits] !== undefined && { now: now[name as keyof Limits]! }),
    hits: hits[name]?.hits ?? 0,
    last_hit_time: hits[name]?.last_time ?? null,
  });
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, of(name, limits[name])]));
}

function figuresNow({ current }: ModuleLife): Partial<Record<keyof Limits, number>> {
  if (current === undefined) return {};
  const { seat, cell, id } = current;
  const own = cell.figures.instances.find(({ instance }) => instance === id);
  return {
    memory_mb: Math.round(cell.figures.rss / MIB),
    calls_in_flight: seat.in_flight,
    open_streams: seat.open_streams,
    ...(cell.figures.cpu_percent !== undefined && { cpu_percent: cell.figures.cpu_percent }),
    ...(own?.timers !== undefined && { timers: own.timers }),
  };
}
