/** `kernel.events`: what happened after a mark, or else what happens next, in batches that a module fetches at its own pace. */
import { EVENT_KINDS, type LoggedEvent } from "./contract/events.ts";
import { fault, ok, refuse, type Result } from "./contract/fault.ts";
import type { Clock } from "./contract/powers.ts";
import type { LineFeed } from "./events/mod.ts";
import { isRecord } from "./primitives/check_fields.ts";
import { parseRecordId, standsAfter } from "./primitives/record_id.ts";

/** So long a batch waits for its first event. Short, since a kernel that another one follows waits for whom it still has to answer. */
export const EVENTS_WAIT_MS = 2_000;
/** Of one batch. */
export const MOST_EVENTS = 256;

export interface EventBatch {
  readonly events: readonly LoggedEvent[];
  /** What the next batch is asked to come after. */
  readonly mark: string;
}

/** `asked`: `{kinds, after}`, no kinds for all of them; without `after` the batch is empty and says where now is. */
export async function nextEvents(
  asked: unknown,
  feed: Pick<LineFeed<LoggedEvent>, "recent" | "follow" | "mark">,
  clock: Pick<Clock, "after">,
): Promise<Result<EventBatch>> {
  const wanted = parseAsked(asked);
  if (!wanted.ok) return wanted;
  const { kinds, after } = wanted.value;
  if (after === undefined) return ok({ events: [], mark: feed.mark });
  const since = parseRecordId(after)!;
  const found = () => feed.recent().filter(({ id, kind }) => standsAfter(id, since) && kinds.has(kind));
  let events = found();
  if (events.length === 0) {
    await firstOf(kinds, feed, clock);
    events = found();
  }
  const batch = events.slice(0, MOST_EVENTS);
  const whole = batch.length === events.length;
  return ok({ events: batch, mark: whole ? feed.mark : batch.at(-1)!.id ?? after });
}

function firstOf(
  kinds: ReadonlySet<string>,
  feed: Pick<LineFeed<LoggedEvent>, "follow">,
  clock: Pick<Clock, "after">,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const unfollow = feed.follow(({ kind }) => kinds.has(kind) && resolve());
  const cancel = clock.after(EVENTS_WAIT_MS, resolve);
  return promise.finally(() => {
    unfollow();
    cancel();
  });
}

function parseAsked(asked: unknown): Result<{ readonly kinds: ReadonlySet<string>; readonly after?: string }> {
  const { kinds, after } = isRecord(asked) ? asked : {};
  const known: readonly string[] = EVENT_KINDS;
  const wrong = Array.isArray(kinds) ? kinds.find((kind) => !known.includes(kind)) : kinds;
  if (!Array.isArray(kinds) || wrong !== undefined) {
    return refuse(
      fault("invalid_argument", `kernel.events() takes a list of kinds; '${String(wrong)}' is none`, {
        hint: `there are ${known.join(", ")}`,
      }),
    );
  }
  if (after !== undefined && (typeof after !== "string" || parseRecordId(after) === undefined)) {
    return refuse(fault("invalid_argument", "kernel.events() goes on after the id of an event; this is none"));
  }
  return ok({
    kinds: new Set(kinds.length === 0 ? known : kinds as string[]),
    ...(after !== undefined && { after: after as string }),
  });
}
