/** What `logs` and `events` send: the past at the reader's pace, then, if asked, what comes; nothing in between is lost or told twice. */
import { ok, type Result } from "./contract/fault.ts";
import type { FeedParams } from "./contract/control.ts";
import type { ControlStream } from "./control/mod.ts";
import type { LineFeed } from "./events/mod.ts";
import { parseRecordId, standsAfter } from "./primitives/record_id.ts";

/** Items kept for a follower that is still reading the past. */
const LATER_KEPT = 5_000;

export async function followFeed<Item extends { readonly id?: string }>(
  source: LineFeed<Item>,
  wanted: (item: Item) => boolean,
  { follow, lines, after }: FeedParams,
  stream: ControlStream<Item>,
): Promise<Result<null>> {
  const past = pastOf(source.recent().filter(wanted), lines, after);
  let later: Item[] = [];
  let live = false;
  const unfollow = source.follow((item) => {
    if (!wanted(item)) return;
    if (live) stream.push(item);
    else later.push(item);
    // A reader that does not read must not fill the kernel's memory: of what it has not come to, the latest count.
    if (later.length > 2 * LATER_KEPT) later = later.slice(-LATER_KEPT);
  });
  try {
    for (const item of past) await stream.send(item);
    if (!follow) return ok(null);
    for (const item of later) stream.push(item);
    live = true;
    await new Promise<void>((resolve) => {
      if (stream.signal.aborted) resolve();
      else stream.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    return ok(null);
  } finally {
    unfollow();
  }
}

/** A reader that comes back wants all that he has missed. */
function pastOf<Item extends { readonly id?: string }>(
  items: readonly Item[],
  lines: number,
  after: string | undefined,
): readonly Item[] {
  const mark = parseRecordId(after);
  if (mark !== undefined) return items.filter(({ id }) => standsAfter(id, mark));
  return lines > 0 ? items.slice(-lines) : [];
}
