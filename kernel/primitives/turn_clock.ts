/**
 * A clock that is read once for each turn: whatever happens before the next reaction of a promise happens at one time. Reading the system's clock for each of
 * thousands of messages would cost as much as passing them on.
 */
export function turnClock(
  monotonic: () => number,
  schedule: (then: () => void) => void = queueMicrotask,
): () => number {
  let now = 0;
  let fresh = false;
  const expire = () => {
    fresh = false;
  };
  return () => {
    if (!fresh) {
      now = monotonic();
      fresh = true;
      schedule(expire);
    }
    return now;
  };
}
