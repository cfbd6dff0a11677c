/** One of the host's logs as they all are: JSON Lines that are put aside at a size, and remembered for a while. */
import type { Files } from "../contract/powers.ts";
import { LineFeed } from "./line_feed.ts";
import { RotatingFile } from "./rotating_file.ts";

/** A crash loop or a chatty module must fill neither the disk nor the memory. */
const BOUNDS = Object.freeze({ max_bytes: 10_485_760, keep: 5, max_waiting: 10_000 });

export function logFeed<Item extends { readonly id?: string }>(
  { files, path, remembered, epoch }: {
    readonly files: Files;
    readonly path: string;
    readonly remembered: number;
    readonly epoch: number;
  },
): LineFeed<Item> {
  return new LineFeed(new RotatingFile({ files, path, ...BOUNDS }), remembered, epoch);
}
