import { FaultError } from "../../contract/fault.ts";
import type { FromWorker } from "../port.ts";
import { faultOfError } from "./fault_of_error.ts";
import { monotonic } from "./primordials.ts";

/** Reports of one second: a storm of rejections must not become a storm of messages. */
const REPORTS_PER_S = 10;

/**
 * Takes what nobody caught in this Worker: it is counted and told, and the Worker goes on. A refused call that nobody waited for is a line in
 * the log; everything else is a failure of the module, for which its supervisor may restart it.
 */
export function reportUncaught(post: (message: FromWorker) => void, failed: () => void): (error: unknown) => void {
  let second = 0;
  let told = 0;
  return (error) => {
    failed();
    const now = Math.floor(monotonic() / 1000);
    if (now !== second) {
      second = now;
      told = 0;
    }
    if (told++ >= REPORTS_PER_S) return;
    const { fault, stack } = faultOfError(error);
    if (error instanceof FaultError) {
      return post({ t: "log", level: "WARNING", text: `a call that nobody waited for failed: ${fault.message}` });
    }
    post({ t: "failed", phase: "uncaught", fault, stack });
  };
}
