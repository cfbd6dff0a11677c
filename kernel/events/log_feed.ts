/** One of the host's logs as they all are: JSON Lines that are put aside at a size or an age, and remembered for a while. */
import { META_DEFAULTS } from "../contract/meta_config.ts";
import type { Clock, Files } from "../contract/powers.ts";
import { LineFeed } from "./line_feed.ts";
import { logBounds, type Retention } from "./log_bounds.ts";
import { RotatingFile } from "./rotating_file.ts";

/** Lines that wait for a slow disk: more would fill the memory. */
const MAX_WAITING = 10_000;

export interface LogFeedOptions {
  readonly path: string;
  readonly remembered: number;
  readonly epoch: number;
  /** As long as no meta file has been read, the defaults. */
  readonly meta?: Retention;
}

export function logFeed<Item extends { readonly id?: string }>(
  { files, clock }: { readonly files: Files; readonly clock: Pick<Clock, "now"> },
  { path, remembered, epoch, meta = META_DEFAULTS }: LogFeedOptions,
): LineFeed<Item> {
  const file = new RotatingFile({ files, clock, path, max_waiting: MAX_WAITING, ...logBounds(meta) });
  return new LineFeed(file, remembered, epoch);
}
