/** Which of the files put aside are not to be kept any longer. A pure decision. */
import { DAY_MS, type Retention } from "./log_bounds.ts";

export interface LogFile {
  readonly name: string;
  /** Its last write: a file put aside is as old as its youngest line. */
  readonly mtime_ms: number;
}

/** Around the number of a file put aside: `host.1.jsonl` beside `host.jsonl`, `watchdog.log.1` beside `watchdog.log`. */
export interface AsideName {
  readonly before: string;
  readonly after: string;
}

export function staleLogs(
  files: readonly LogFile[],
  aside: AsideName,
  meta: Retention,
  now_ms: number,
): readonly string[] {
  const youngest = meta.log_keep_days === 0 ? -Infinity : now_ms - meta.log_keep_days * DAY_MS;
  return files.filter(({ name, mtime_ms }) => {
    const n = numberIn(name, aside);
    return n !== undefined && (n > meta.log_keep || mtime_ms < youngest);
  }).map(({ name }) => name);
}

function numberIn(name: string, { before, after }: AsideName): number | undefined {
  if (!name.startsWith(before) || !name.endsWith(after)) return undefined;
  const digits = name.slice(before.length, name.length - after.length);
  return /^[1-9][0-9]{0,5}$/.test(digits) ? Number(digits) : undefined;
}
