/** Whatever Kernel runs in this process: the watchdog hears that its loop turns, and its memory has a bound. */
import { ALIVE, type ToWatchdog } from "../contract/channel.ts";
import type { Clock } from "../contract/powers.ts";

export interface LifeSigns {
  readonly clock: Clock;
  readonly watchdog: { send(message: ToWatchdog): void };
  /** Resident bytes. */
  readonly rss: () => number;
  /** It holds more than its bound: ends the process. Cells wait, and attach to the next kernel. */
  readonly tooLarge: (found_mb: number) => void;
}

const LOOK_MS = 500;
const MIB = 1_048_576;

/** Until the returned `bound` is called with the meta file's figure there is no bound on memory. */
export function showSignsOfLife({ clock, watchdog, rss, tooLarge }: LifeSigns): { bound(memory_mb: number): void } {
  let most = Infinity;
  let next_at = -Infinity;
  const look = () => {
    clock.after(LOOK_MS, look);
    const now = clock.monotonic();
    if (now >= next_at) {
      watchdog.send({ t: "alive" });
      next_at = now + ALIVE.every_ms;
    }
    const found = rss() / MIB;
    if (found > most) tooLarge(Math.round(found));
  };
  look();
  return { bound: (memory_mb) => most = memory_mb };
}
