import type { InstanceId } from "../../contract/names.ts";
import type { LastWords } from "../../contract/wire.ts";
import type { LastRun } from "../running_mark.ts";
import type { ServedCalls } from "./served_calls.ts";

/** Which of the instance's calls was running, and which had not begun, by that link's numbers. */
export function lastWords(served: ServedCalls, instance: InstanceId, last: LastRun, link: number): LastWords {
  const serials = served.serialsOf(instance);
  const running = serials.find((serial) => last.isRunning(serial));
  const id = running === undefined ? undefined : served.idOn(running, link);
  const spared = serials.filter((serial) => last.hasNotBegun(serial)).map((serial) => served.idOn(serial, link));
  return { ...(id !== undefined && { running: id }), spared: spared.filter((id) => id !== undefined) };
}
