import type { CellFigures } from "../../contract/wire.ts";
import { SILENCE } from "./silence_watch.ts";

/** Differences that are noise: the guard's own looks move both. */
const RSS_NOISE_BYTES = 1_048_576;
const CPU_NOISE_MS = 50;

/** Of a module that has not told any. */
export const NO_FIGURES: Omit<CellFigures["instances"][number], "instance"> = Object.freeze({
  active_tasks: 0,
  error_count: 0,
  last_error_time: null,
});

/** Whether the figures say anything that the last ones did not. */
export function figuresDiffer(last: CellFigures | undefined, now: CellFigures): boolean {
  if (last === undefined || last.instances.length !== now.instances.length) return true;
  if (Math.abs(now.rss - last.rss) >= RSS_NOISE_BYTES || now.cpu_ms - last.cpu_ms >= CPU_NOISE_MS) return true;
  return now.instances.some((figure, at) => {
    const former = last.instances[at]!;
    return figure.instance !== former.instance || figure.active_tasks !== former.active_tasks ||
      figure.error_count !== former.error_count || figure.last_error_time !== former.last_error_time;
  });
}

/** A cell that has grown so much tells it sooner: the kernel has a ceiling for all. */
const GROWN_BYTES = 16_777_216;
const GROWN_MS = 250;

/** Milliseconds between two tellings, for a cell that has grown by so many bytes since the last. */
export function figuresPause(grown: number): number {
  return grown > GROWN_BYTES ? GROWN_MS : SILENCE.idle_ping_ms;
}
