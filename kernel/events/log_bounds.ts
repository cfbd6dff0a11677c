/** How much of a log is kept, from what a meta file says. */
import type { MetaConfig } from "../contract/meta_config.ts";

export interface LogBounds {
  /** No file grows beyond this, but for one line that is longer. */
  readonly max_bytes: number;
  /** Files put aside beside the one that is written. */
  readonly keep: number;
  /** A file whose first line is older than this is put aside with the next line: only what lies aside can grow too old. */
  readonly max_age_ms: number;
}

export type Retention = Pick<MetaConfig, "log_max_mb" | "log_keep" | "log_keep_days">;

const MIB = 1_048_576;
export const DAY_MS = 86_400_000;

export function logBounds(meta: Retention): LogBounds {
  return {
    max_bytes: meta.log_max_mb * MIB,
    keep: meta.log_keep,
    // So that as many files as are kept span the days that are wanted.
    max_age_ms: meta.log_keep_days === 0 ? Infinity : meta.log_keep_days * DAY_MS / meta.log_keep,
  };
}
