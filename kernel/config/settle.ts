import { type ConfigText, hasFacts } from "./read_configs.ts";

/** A half-written file is not acted on: it has to be unchanged for so long. */
export const SETTLE_MS = 200;

/** What is remembered of each file between two looks. */
export type Settling = ReadonlyMap<string, Seen>;

interface Seen {
  /** How it stands there now; undefined when it is gone. */
  readonly current: ConfigText | undefined;
  /** Since when it stands there like that. */
  readonly since: number;
  /** How it stood when it was last unchanged for long enough: what is acted on. */
  readonly settled: ConfigText | undefined;
}

/** What can be acted on now, and when another look may bring more. */
export interface Settled {
  readonly texts: readonly ConfigText[];
  readonly remembered: Settling;
  /** Milliseconds until the next file is settled; undefined when all are. */
  readonly look_again_ms: number | undefined;
}

/**
 * Keeps files that are still changing at their former text; one that is gone is a change like any other, since some
 * editors move the old file away before they write the new one. At the first look (`before` is undefined) everything is
 * taken as it stands: nothing runs yet that a half file could hurt, and the next look mends it. `now` is monotonic.
 */
export function settle(before: Settling | undefined, texts: readonly ConfigText[], now: number): Settled {
  const present = new Map(texts.map((text) => [text.file, text]));
  const remembered = new Map<string, Seen>();
  let next = Infinity;
  for (const file of new Set([...present.keys(), ...before?.keys() ?? []])) {
    const seen = lookAt(before?.get(file), present.get(file), before === undefined ? now - SETTLE_MS : now, now);
    if (seen.current !== undefined || seen.settled !== undefined) remembered.set(file, seen);
    if (seen.current !== seen.settled) next = Math.min(next, seen.since + SETTLE_MS - now);
  }
  const settled = [...remembered.values()].flatMap(({ settled }) => settled === undefined ? [] : [settled]);
  return {
    texts: settled.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    remembered,
    look_again_ms: next === Infinity ? undefined : next,
  };
}

function lookAt(seen: Seen | undefined, current: ConfigText | undefined, first: number, now: number): Seen {
  const since = seen !== undefined && isSame(seen.current, current) ? seen.since : first;
  return { current, since, settled: now - since >= SETTLE_MS ? current : seen?.settled };
}

function isSame(a: ConfigText | undefined, b: ConfigText | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (a.text === b.text && hasFacts(a, b.facts));
}
