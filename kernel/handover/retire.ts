/** The last part of a kernel that handed over: it changes nothing any more, finishes the calls it has, and goes. */
import type { ToWatchdog } from "../contract/channel.ts";
import type { Clock } from "../contract/powers.ts";
import type { CallsHandedOver } from "../broker/mod.ts";
import type { CellTable } from "../cell/mod.ts";
import { pause } from "../primitives/pause.ts";

export interface RetireParts {
  readonly clock: Clock;
  readonly calls: CallsHandedOver;
  readonly cells: Pick<CellTable, "retire" | "all_left" | "idle">;
  readonly watchdog: { send(message: ToWatchdog): void };
  /** Ends what works by itself: looks at files, warm processes, timers. */
  readonly endWork: () => void;
  /** Takes no new connections; resolves when the operator has his last answers. */
  readonly closeDoors: (ms: number) => Promise<void>;
  /** The host stops: there is no time for what is left. */
  readonly now: AbortSignal;
}

/** Calls that are not over by then (endless streams, subscriptions) end with `moved`. */
export const RETIRE_MS = 5_000;
const LOOK_MS = 5;
/** Who connected to this kernel before the successor's socket took the name is served; later nobody can. */
const LATECOMERS_MS = 100;
const FLUSH_MS = 250;

export async function retire(parts: RetireParts): Promise<void> {
  const { clock, calls, cells, watchdog, endWork, closeDoors, now } = parts;
  const until = async (done: () => boolean, ms: number) => {
    const end = clock.monotonic() + ms;
    while (!done() && clock.monotonic() < end && !now.aborted) await pause(clock, LOOK_MS);
  };
  endWork();
  cells.retire();
  calls.retire();
  await until(() => false, LATECOMERS_MS);
  const closed = closeDoors(RETIRE_MS);
  await until(() => !calls.busy && cells.all_left, RETIRE_MS - LATECOMERS_MS);
  calls.endAll("the kernel handed over to its successor, and this call was not over in time");
  await until(() => cells.idle, FLUSH_MS);
  await closed;
  watchdog.send({ t: "leave" });
}
