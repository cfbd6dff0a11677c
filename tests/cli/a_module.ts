import type { ModuleStatus } from "../../kernel/contract/status.ts";

/** The status of a module that runs well, but for what is given. */
export function aModule(more: Partial<ModuleStatus>): ModuleStatus {
  return {
    api: "notes",
    prog: "notes",
    origin: "local",
    config: "configs/notes.yml",
    version: "",
    state: "running",
    cell: "notes~1",
    pid: 100,
    uptime: 60,
    active_tasks: 0,
    error_count: 0,
    last_error_time: null,
    restarts: 0,
    memory_mb: 60,
    cpu_s: 1,
    calls: 0,
    faults: 0,
    p50_ms: null,
    p99_ms: null,
    ...more,
  };
}
