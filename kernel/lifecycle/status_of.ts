/** The figures of one module, as `status` shows them. */
import type { Rejection } from "../contract/spec.ts";
import type { ModuleStatus } from "../contract/status.ts";
import type { CallFigures } from "../broker/mod.ts";
import { type LimitHitsOf, limitStatus } from "./limit_status.ts";
import type { ModuleLife } from "./module_life.ts";

const MIB = 1_048_576;

export interface StatusFacts {
  readonly calls: CallFigures;
  /** Why its newest config or source was refused, while what ran before keeps running. */
  readonly rejection: Rejection | undefined;
  /** Why a state of it lies aside. */
  readonly state_aside: string | undefined;
  readonly now: number;
  /** How often each limit was hit, where that is asked for. */
  readonly hits?: LimitHitsOf | undefined;
}

export function statusOf(life: ModuleLife, { calls, rejection, state_aside, now, hits }: StatusFacts): ModuleStatus {
  const { wanted, current, figures } = life;
  const reason = rejection === undefined ? figures.reason ?? state_aside : reasonOf(rejection);
  const cell = current?.cell;
  const own = cell?.figures.instances.find(({ instance }) => instance === current?.id);
  const last_error = Math.max(figures.last_error ?? 0, own?.last_error_time ?? 0);
  return {
    api: wanted.spec.api,
    prog: wanted.spec.prog,
    origin: wanted.source.origin,
    config: wanted.spec.config,
    version: wanted.spec.version,
    state: figures.state,
    cell: cell?.id ?? null,
    pid: cell?.pid ?? null,
    uptime: current === undefined ? 0 : round((now - current.started_at) / 1000),
    active_tasks: own?.active_tasks ?? 0,
    error_count: figures.errors + (own?.error_count ?? 0),
    last_error_time: last_error === 0 ? null : last_error,
    restarts: figures.restarts,
    memory_mb: round((cell?.figures.rss ?? 0) / MIB),
    cpu_s: round((cell?.figures.cpu_ms ?? 0) / 1000),
    ...calls,
    ...(reason !== undefined && { reason }),
    ...(hits !== undefined && { limits: limitStatus(life, hits) }),
    ...(figures.blame !== undefined && { blame: figures.blame }),
  };
}

/** A config that never ran, because it was refused. */
export function statusOfRejected(rejection: Rejection): ModuleStatus | undefined {
  const { api, file } = rejection;
  if (api === undefined) return undefined;
  return {
    api,
    prog: "",
    origin: "",
    config: file,
    version: "",
    state: "failed",
    cell: null,
    pid: null,
    uptime: 0,
    active_tasks: 0,
    error_count: 0,
    last_error_time: null,
    restarts: 0,
    memory_mb: 0,
    cpu_s: 0,
    calls: 0,
    faults: 0,
    p50_ms: null,
    p99_ms: null,
    reason: reasonOf(rejection),
  };
}

/** Most refusals name their file and line themselves. */
function reasonOf({ file, line, fault: { message } }: Rejection): string {
  if (message.startsWith(file)) return message;
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}
