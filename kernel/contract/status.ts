/** What `status` shows (modules.md, "Command line"). Times in seconds, memory in MiB. */
export type ModuleState =
  | "starting"
  | "running"
  | "reloading"
  | "restarting"
  | "quarantined"
  | "stopped"
  | "failed"
  | "sleeping";

export interface KernelStatus {
  readonly version: string;
  /** The meta file in use. */
  readonly config: string;
  readonly pid: number;
  readonly uptime: number;
  /** Of the kernel's own process. */
  readonly memory_mb?: number;
  readonly cpu_s?: number;
}

/** Of a module's last end that nobody asked for. */
export interface Blame {
  /** Seconds since the epoch. */
  readonly time: number;
  readonly why: string;
  /** The limit that was hit. */
  readonly limit?: string;
  /** The call whose code was running, and who made it. */
  readonly call?: { readonly caller: string; readonly method: string };
  /** The last lines of its log. */
  readonly log: readonly string[];
}

/** One limit of a module: what it allows, where it stands, and how often it was hit since this kernel began. */
export interface LimitStatus {
  readonly allowed: number;
  /** What there is of it now, where that is a figure of a moment. */
  readonly now?: number;
  readonly hits: number;
  /** Seconds since the epoch. */
  readonly last_hit_time: number | null;
}

export interface ModuleStatus {
  readonly api: string;
  readonly prog: string;
  readonly origin: string;
  readonly config: string;
  readonly version: string;
  readonly state: ModuleState;
  readonly cell: string | null;
  readonly pid: number | null;
  readonly uptime: number;
  readonly active_tasks: number;
  readonly error_count: number;
  /** Seconds since the epoch, or null. */
  readonly last_error_time: number | null;
  readonly restarts: number;
  readonly memory_mb: number;
  readonly cpu_s: number;
  readonly calls: number;
  readonly faults: number;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
  /** Why it is failed or quarantined, why its newest config or source was refused, or why a state of it lies aside. */
  readonly reason?: string;
  /** By their names; only where one module was asked for. */
  readonly limits?: Readonly<Record<string, LimitStatus>>;
  /** Why it ended last without being asked to. */
  readonly blame?: Blame;
}

export interface HostStatus {
  readonly kernel: KernelStatus;
  readonly modules: readonly ModuleStatus[];
}
