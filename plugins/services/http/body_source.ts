/** Bytes that come piece by piece, at their reader's pace. */
export interface BodySource {
  /** Undefined at the end, and ever after. Never called again before it has answered. */
  read(): Promise<Uint8Array | undefined>;
  /** Nobody wants the rest: lets go of whatever it comes from at once, also while a read is under way. Twice is harmless. */
  cancel(): void;
}

/** As it travels to a caller: one pass; breaking off cancels. Not a generator: that would wait for the read under way before it lets go. */
export function streamOf(source: BodySource): AsyncIterableIterator<Uint8Array> {
  let over = false;
  const done = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (over) return done;
      const value = await source.read();
      if (value !== undefined) return { done: false, value };
      over = true;
      return done;
    },
    return() {
      over = true;
      source.cancel();
      return Promise.resolve(done);
    },
  };
}
