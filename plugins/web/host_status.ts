/** The part of `kernel.status()` that is read here. */
export interface HostStatus {
  readonly kernel: {
    readonly version: string;
    readonly uptime: number;
    readonly memory_mb?: number;
    readonly cpu_s?: number;
  };
  readonly modules: readonly ModuleStatus[];
}

export interface ModuleStatus {
  readonly api: string;
  readonly state: string;
  readonly uptime: number;
  readonly active_tasks: number;
  readonly error_count: number;
  readonly restarts: number;
  readonly memory_mb: number;
  readonly cpu_s: number;
  readonly calls: number;
  readonly faults: number;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
}
