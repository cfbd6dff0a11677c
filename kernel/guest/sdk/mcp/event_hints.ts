import type { CatalogHints } from "./watch_catalog.ts";

/** How long after events broke off they are opened again. */
const REOPEN_MS = 2_000;

/** Hints from one stream of events for any number of listeners: it is open while there is one. */
export function eventHints(open: () => AsyncIterable<unknown>): CatalogHints {
  const listeners = new Set<() => void>();
  let reading: AsyncIterator<unknown> | undefined;

  const read = async (events: AsyncIterator<unknown>) => {
    try {
      while (!(await events.next()).done) {
        if (reading !== events) return;
        for (const listener of [...listeners]) listener();
      }
    } catch {
      // whoever listens looks by himself too
    }
    if (reading === events) setTimeout(() => reading === events && begin(), REOPEN_MS);
  };
  const begin = () => {
    reading = undefined;
    if (listeners.size === 0) return;
    reading = open()[Symbol.asyncIterator]();
    void read(reading);
  };

  return (listener) => {
    listeners.add(listener);
    if (reading === undefined) begin();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || reading === undefined) return;
      const events = reading;
      reading = undefined;
      void events.return?.().then(undefined, () => {});
    };
  };
}
