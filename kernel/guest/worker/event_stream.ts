/** `kernel.events(kinds)`: batches of the kernel's, one after the other, as one stream that outlives kernels. */
import { FaultError } from "../../contract/fault.ts";
import type { HostEvent } from "../sdk/mod.ts";

interface EventBatch {
  readonly events: readonly HostEvent[];
  readonly mark: string;
}

/** Between two tries while no kernel answers. */
const AGAIN_MS = 250;

/** `fetch` asks the kernel; what it refuses for good ends the stream with that fault. */
export async function* eventStream(
  kinds: readonly string[],
  fetch: (asked: { readonly kinds: readonly string[]; readonly after?: string }) => Promise<unknown>,
  sleep: (ms: number) => Promise<void>,
): AsyncGenerator<HostEvent> {
  let after: string | undefined;
  for (;;) {
    try {
      const { events, mark } = await fetch({ kinds, ...(after !== undefined && { after }) }) as EventBatch;
      after = mark;
      yield* events;
    } catch (error) {
      if (!(error instanceof FaultError && error.fault.retriable)) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
