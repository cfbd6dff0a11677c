/**
 * A body that is made as its reader takes it: nothing is asked of the source before the piece before it is gone. A reader that takes nothing for `stall_ms`, or has
 * gone, ends it, and with it whatever makes the pieces.
 */
export interface Pace {
  readonly stall_ms: number;
  /** Said when the source has been silent for so long. */
  readonly heartbeat?: { readonly ms: number; readonly piece: Uint8Array };
  /** Called once, however it ends, before the source is told. */
  readonly ended: () => void;
}

export function pacedBody(source: AsyncIterator<Uint8Array>, { stall_ms, heartbeat, ended }: Pace): ReadableStream {
  let stalled: ReturnType<typeof setTimeout> | undefined;
  let next: Promise<IteratorResult<Uint8Array>> | undefined;
  const end = () => {
    clearTimeout(stalled);
    ended();
  };
  const leave = () => {
    end();
    void source.return?.().catch(() => {});
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stalled);
      try {
        next ??= source.next();
        const result = await orSilence(next, heartbeat?.ms);
        if (result === "silence") {
          controller.enqueue(heartbeat!.piece);
        } else {
          next = undefined;
          if (result.done) {
            controller.close();
            return end();
          }
          controller.enqueue(result.value);
        }
        stalled = setTimeout(() => {
          controller.error(new Error("the client took nothing of its answer for too long"));
          leave();
        }, stall_ms);
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel: leave,
  }, { highWaterMark: 0 });
}

async function orSilence<T>(next: Promise<T>, ms: number | undefined): Promise<T | "silence"> {
  if (ms === undefined) return await next;
  const { promise, resolve } = Promise.withResolvers<"silence">();
  const timer = setTimeout(() => resolve("silence"), ms);
  try {
    return await Promise.race([next, promise]);
  } finally {
    clearTimeout(timer);
  }
}
