/** A generator as a stream for a caller: the first item is here when the call is answered, so that what goes wrong before it is the call's own fault. */
import type { Bounds } from "./bounds.ts";

/** Who stops reading ends what is under way at once, also while the next item is waited for: a generator alone would wait for it. */
export async function handStream<T>(items: AsyncGenerator<T, void>, bounds: Bounds): Promise<AsyncIterableIterator<T>> {
  let first: IteratorResult<T, void> | undefined;
  try {
    first = await items.next();
  } catch (error) {
    bounds[Symbol.dispose]();
    throw error;
  }
  const stream: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]() {
      return stream;
    },
    async next() {
      const result = first ?? await items.next().catch((error) => {
        bounds[Symbol.dispose]();
        throw error;
      });
      first = undefined;
      if (result.done) bounds[Symbol.dispose]();
      return result;
    },
    return() {
      bounds.giveUp();
      bounds[Symbol.dispose]();
      void items.return().catch(() => {});
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return stream;
}
