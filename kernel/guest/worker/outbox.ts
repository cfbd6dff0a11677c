import { WIRE } from "../../contract/limits.ts";
import type { Payload } from "../../contract/wire.ts";
import { BATCH_WORDS, PortBatch } from "../port_batch.ts";
import { writeWorkerHeader } from "../port_headers.ts";
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

/** Collects what is said in one turn of the loop and posts it as one batch; one that grows too large goes early. */
export function openOutbox(port: MessagePort): Outbox {
  const postMessage = uncurry(port.postMessage as (message: unknown, moved: Transferable[]) => void);
  const batch = new PortBatch();
  let scheduled = false;
  let quiet = 0;

  function flush(): void {
    if (batch.count === 0) return;
    const { posted, moved } = batch.take();
    postMessage(port, posted, moved);
  }
  function settle(): void {
    if (quiet++ < QUIET_TURNS) return schedule(settle);
    scheduled = false;
    flush();
  }
  function add(message: FromWorker): void {
    batch.push(writeWorkerHeader(message), hasOwn(message, "payload") ? (message as { payload: Payload }).payload : "");
  }
  return {
    post(message) {
      add(message);
      quiet = 0;
      if (batch.count >= BATCH_WORDS || batch.size >= WIRE.batch_bytes) return flush();
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
