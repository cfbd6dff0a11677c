import { isCallKey, isInstanceId } from "../contract/names.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import {
  type CellFigures,
  type CellReport,
  HEADER_BOUNDS,
  type LastWords,
  LOANS,
  type ReportedLoan,
  type StateMethods,
} from "../contract/wire.ts";
import { isAmount, isCount, isRecord, isText, parseEach } from "./check_fields.ts";
import { parseTools } from "./parse_tool_spec.ts";

/** Instances in one cell, and keys that one cell may hold: each costs the kernel an entry. */
const INSTANCES = 1_024;
const KEYS = 65_536;
const HASH_UNITS = 128;
const HASH = /^[A-Za-z0-9_-]+$/;
const API_UNITS = 160;
const VERSION_UNITS = 256;

type Reported = CellReport["instances"][number];
const PHASES: ReadonlySet<unknown> = new Set<Reported["phase"]>([
  "loading",
  "ready",
  "running",
  "shutting_down",
  "failed",
]);

/** The payload of `report`, decoded: what a cell says runs in it. Undefined when it is not what the wire says. */
export function parseCellReport(value: unknown): CellReport | undefined {
  if (!isRecord(value)) return undefined;
  const instances = parseEach(value["instances"], INSTANCES, parseReported);
  const holds = parseEach(value["holds"], KEYS, (key) => isCallKey(key) ? key : undefined);
  return instances && holds && { instances, holds };
}

function parseReported(value: unknown): Reported | undefined {
  if (!isRecord(value)) return undefined;
  const { instance, api, hash, phase, started_at, has_run, state, awaits_state, version } = value;
  const tools = parseTools(value["tools"]);
  if (!isInstanceId(instance) || !isText(api, API_UNITS) || !isText(hash, HASH_UNITS) || !HASH.test(hash)) {
    return undefined;
  }
  if (!PHASES.has(phase) || !isAmount(started_at) || typeof has_run !== "boolean" || !tools) return undefined;
  if (version !== undefined && !isText(version, VERSION_UNITS)) return undefined;
  if (state !== undefined && !isStateMethods(state)) return undefined;
  if (awaits_state !== undefined && awaits_state !== true) return undefined;
  const kept = value["kept"] === undefined ? undefined : parseEach(value["kept"], LOANS.names, parseLoan);
  if (value["kept"] !== undefined && kept === undefined) return undefined;
  return {
    ...{ instance, api, hash, phase: phase as Reported["phase"], started_at, has_run, tools },
    ...(version !== undefined && { version }),
    ...(state !== undefined && { state }),
    ...(awaits_state && { awaits_state }),
    ...(kept && { kept }),
  };
}

function parseLoan(value: unknown): ReportedLoan | undefined {
  if (!isRecord(value) || !isText(value["name"], HEADER_BOUNDS.name)) return undefined;
  const to = parseEach(value["to"], LOANS.borrowers, (api) => isText(api, API_UNITS) ? api : undefined);
  return to && { name: value["name"], to };
}

/** Which of the two state methods a module says it has. */
export function isStateMethods(value: unknown): value is StateMethods {
  return value === "export" || value === "import" || value === "both";
}

/** The payload of `dying`, decoded. */
export function parseLastWords(value: unknown): LastWords | undefined {
  if (!isRecord(value)) return undefined;
  const { running } = value;
  const spared = parseEach(value["spared"], KEYS, (id) => isCount(id) ? id : undefined);
  if (spared === undefined || (running !== undefined && !isCount(running))) return undefined;
  return { spared, ...(running !== undefined && { running }) };
}

/** The payload of `figures`, decoded. */
export function parseCellFigures(value: unknown): CellFigures | undefined {
  if (!isRecord(value)) return undefined;
  const { rss, cpu_ms, cpu_percent } = value;
  if (cpu_percent !== undefined && !isAmount(cpu_percent)) return undefined;
  const instances = parseEach(value["instances"], INSTANCES, (entry) => {
    if (!isRecord(entry)) return undefined;
    const { instance, active_tasks, error_count, last_error_time, timers } = entry;
    if (timers !== undefined && !isCount(timers)) return undefined;
    if (!isInstanceId(instance) || !isCount(active_tasks) || !isCount(error_count)) return undefined;
    if (last_error_time !== null && !isAmount(last_error_time)) return undefined;
    return { instance, active_tasks, error_count, last_error_time, ...(timers !== undefined && { timers }) };
  });
  return isAmount(rss) && isAmount(cpu_ms) && instances
    ? { rss, cpu_ms, instances, ...(cpu_percent !== undefined && { cpu_percent }) }
    : undefined;
}

/** The payload of `loaded`, decoded: a module's tools, whether it has a run task, which state methods it has. */
export function parseLoaded(
  value: unknown,
): { tools: readonly ToolSpec[]; run: boolean; state?: StateMethods } | undefined {
  if (!isRecord(value)) return undefined;
  const tools = parseTools(value["tools"]);
  const { run, state } = value;
  if (!tools || typeof run !== "boolean" || (state !== undefined && !isStateMethods(state))) return undefined;
  return { tools, run, ...(state !== undefined && { state }) };
}
