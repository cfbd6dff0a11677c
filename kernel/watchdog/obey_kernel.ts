/** What the leading kernel wants of the world. */
import type { FromWatchdog, ToWatchdog } from "../contract/channel.ts";
import type { Supervision } from "./supervise_kernel.ts";

/** Messages that are about kernels themselves are not for this file. */
export function obey(host: Supervision, message: ToWatchdog): void {
  const answer = (text: FromWatchdog) => host.mailbox.tell(text);
  switch (message.t) {
    case "start_cell":
      if (!host.stop.aborted) return host.children.start(message);
      return answer({ t: "exited", cell: message.cell, code: null, signal: null, reason: "the host stops" });
    case "kill":
      return host.children.kill(message.cell, message.reason);
    case "name":
      return host.children.name(message.cell, message.base);
    case "log_bounds":
      return host.boundLog(message.max_bytes, message.keep);
    case "stop":
      return host.askToStop("asked to by the kernel");
    default:
      host.log("WARNING", `the kernel asked for '${message.t}', which this watchdog does not serve`);
  }
}
