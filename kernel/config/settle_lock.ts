/** A lock that is being written may lack lines for a moment, and a module without a line is local: it would get what it asks for. */
import { parseLock } from "./parse_lock.ts";
import { SETTLE_MS } from "./settle.ts";

/** What is remembered of the lock between two looks. */
export interface LockSeen {
  /** What is acted on. */
  readonly text: string | undefined;
  /** The last one that could be read: whose lines must not be lost on the way. */
  readonly readable: string | undefined;
  /** What stands there, and lacks lines of that; since when. */
  readonly shorter?: { readonly text: string | undefined; readonly since: number };
}

/** As the lock stands by now, and when another look may bring more. `now` is monotonic. */
export interface SettledLock {
  readonly seen: LockSeen;
  readonly look_again_ms: number | undefined;
}

/**
 * A lock that lost a line has to be unchanged for 200 ms; every other change is acted on at once, and so is the first
 * look. One that cannot be read vouches for nobody, and is nothing to wait for.
 */
export function settleLock(before: LockSeen | undefined, text: string | undefined, now: number): SettledLock {
  const lock = parseLock(text);
  const readable = lock.ok ? text : before?.readable;
  const settled = { seen: { text, readable }, look_again_ms: undefined };
  if (before === undefined || !lock.ok) return settled;
  const known = parseLock(before.readable);
  if (!known.ok || [...known.value.keys()].every((api) => lock.value.has(api))) return settled;
  const since = before.shorter !== undefined && before.shorter.text === text ? before.shorter.since : now;
  const left = since + SETTLE_MS - now;
  return left <= 0 ? settled : { seen: { ...before, shorter: { text, since } }, look_again_ms: left };
}
