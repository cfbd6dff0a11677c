import { WIRE } from "../../contract/limits.ts";
import type { FromWorker } from "../port.ts";
import { hasOwn, schedule, uncurry } from "./primordials.ts";

/** What the Worker says to its shell. */
export interface Outbox {
  /** Goes with everything else of this turn, in order. */
  post(message: FromWorker): void;
  /** Goes at once, after what was posted before it: for words that must be out before module code runs on. */
  postNow(message: FromWorker): void;
}

/** Microtasks to wait after the last message before a batch is sent: whoever was woken by one message answers within a few. */
const QUIET_TURNS = 4;

/** Collects what is said in one turn of the loop and posts it as one array; a batch that grows too large goes early. */
export function openOutbox(port: MessagePort): Outbox {
  const postMessage = uncurry(port.postMessage as (message: unknown) => void);
  let batch: FromWorker[] = [];
  let bytes = 0;
  let scheduled = false;
  let quiet = 0;

  function flush(): void {
    if (batch.length === 0) return;
    const full = batch;
    batch = [];
    bytes = 0;
    postMessage(port, full);
  }
  function settle(): void {
    if (quiet++ < QUIET_TURNS) return schedule(settle);
    scheduled = false;
    flush();
  }
  function add(message: FromWorker): void {
    batch[batch.length] = message;
    if (hasOwn(message, "payload")) bytes += (message as { payload: Uint8Array }).payload.byteLength;
  }
  return {
    post(message) {
      add(message);
      quiet = 0;
      if (batch.length >= WIRE.batch_messages || bytes >= WIRE.batch_bytes) return flush();
      if (!scheduled) {
        scheduled = true;
        schedule(settle);
      }
    },
    postNow(message) {
      add(message);
      flush();
    },
  };
}
