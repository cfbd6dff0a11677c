/** What a kernel tells its successor of a module's life: plain data, nothing of the module's own. */
import type { InstanceId } from "../contract/names.ts";
import type { PlannedModule, SourceSet } from "../contract/spec.ts";
import type { ModuleState } from "../contract/status.ts";
import type { ToldRestarts } from "./restart_policy.ts";

export interface LifeState {
  /** As it was wanted last. Its files are not told: the next kernel reads them itself. */
  readonly planned: Omit<PlannedModule, "source"> & { readonly source: Omit<SourceSet, "files"> };
  /** To which calls go. */
  readonly instance: InstanceId | null;
  readonly state: ModuleState;
  readonly reason: string | null;
  readonly errors: number;
  /** Seconds since the epoch. */
  readonly last_error: number | null;
  readonly restarts: ToldRestarts;
}
