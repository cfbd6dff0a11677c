/** The status of the host as a table for people. */
import type { HostStatus, ModuleState, ModuleStatus } from "../contract/status.ts";
import { type Colour, paint } from "./colour.ts";
import { renderAge } from "./render_age.ts";
import { type Cell, type Column, renderTable } from "./render_table.ts";
import { safeBlock, safeLine } from "./safe_text.ts";

const COLUMNS: readonly Column[] = [
  { title: "API" },
  { title: "STATE" },
  { title: "UP", align: "right" },
  { title: "CALLS", align: "right" },
  { title: "FAULTS", align: "right" },
  { title: "ERRORS", align: "right" },
  { title: "RESTARTS", align: "right" },
  { title: "P50 MS", align: "right" },
  { title: "P99 MS", align: "right" },
  { title: "MIB", align: "right" },
  { title: "CPU S", align: "right" },
  { title: "PID", align: "right" },
  { title: "CONFIG" },
];

const STATE_COLOURS: Readonly<Record<ModuleState, Colour>> = Object.freeze({
  running: "green",
  starting: "yellow",
  reloading: "yellow",
  restarting: "yellow",
  sleeping: "cyan",
  stopped: "dim",
  failed: "red",
  quarantined: "red",
});

/** A line about the kernel, the table, and under it why something is not as it should be. */
export function renderStatus({ kernel, modules }: HostStatus, colour: boolean): string {
  const head = `meta-machine ${safeLine(kernel.version)}, kernel by ${safeLine(kernel.config)}, ` +
    `pid ${kernel.pid}, up ${renderAge(kernel.uptime)}`;
  if (modules.length === 0) return `${head}\nno modules: put a config into configs/`;
  const reasons = renderReasons(modules, colour);
  const table = renderTable(COLUMNS, modules.map(moduleRow), colour);
  return [head, "", table, ...(reasons.length > 0 ? ["", ...reasons] : [])].join("\n");
}

/** Why modules are not as they should be, a line for each; further lines of a reason are indented. */
export function renderReasons(modules: readonly ModuleStatus[], colour: boolean): readonly string[] {
  return modules.flatMap(({ api, reason }) =>
    reason === undefined ? [] : [`${paint(safeLine(api), "yellow", colour)}: ${safeBlock(reason)}`]
  );
}

/** A state in its colour. */
export function stateCell(state: ModuleState): Cell {
  const known = Object.hasOwn(STATE_COLOURS, state);
  return known ? { text: state, colour: STATE_COLOURS[state] } : safeLine(state);
}

/** Milliseconds with as many digits as mean something. */
export function renderMs(ms: number | null): string {
  return ms === null ? "-" : ms >= 100 ? ms.toFixed(0) : ms.toFixed(1);
}

function moduleRow(module: ModuleStatus): readonly Cell[] {
  const alive = module.pid !== null;
  return [
    safeLine(module.api),
    stateCell(module.state),
    alive ? renderAge(module.uptime) : "-",
    String(module.calls),
    String(module.faults),
    String(module.error_count),
    String(module.restarts),
    renderMs(module.p50_ms),
    renderMs(module.p99_ms),
    alive ? module.memory_mb.toFixed(0) : "-",
    alive ? module.cpu_s.toFixed(1) : "-",
    alive ? String(module.pid) : "-",
    safeLine(module.config),
  ];
}
