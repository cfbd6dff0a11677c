import type { Clock } from "../../contract/powers.ts";

/** What it takes to watch memory grow. */
export interface OutgrownPowers {
  readonly clock: Pick<Clock, "after">;
  /** Resident bytes of this process. */
  readonly rss: () => number;
}

const LOOK_MS = 1;

/** Resolves when this process has more resident bytes than these. Looks every millisecond: only for a process that is about to end. */
export async function outgrown({ clock, rss }: OutgrownPowers, bytes: number): Promise<void> {
  while (rss() <= bytes) await new Promise<void>((resume) => clock.after(LOOK_MS, resume));
}
