/** What must be known of a module's failures when the kernel, or the whole host, is started again: a crash of the kernel lifts no quarantine. */
import type { ApiName } from "../contract/names.ts";
import type { Blame } from "../contract/status.ts";

export interface Fate {
  /** PlannedModule.hash of what failed: another version begins with a clean record. */
  readonly hash: string;
  /** Restarts that still may count, in milliseconds since the epoch. */
  readonly restarts: readonly number[];
  /** Why it is quarantined, while it is. */
  readonly quarantined?: string;
  /** It ended a process that it shared, and has one of its own now. */
  readonly own_cell?: true;
  readonly blame?: Blame;
}

/** Read at the start, kept from then on as it changes. None of these throws. */
export interface Fates {
  of(api: ApiName): Fate | undefined;
  keep(api: ApiName, fate: Fate): void;
  forget(api: ApiName): void;
}
