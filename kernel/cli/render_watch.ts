/** `status --watch`, as lines for a screen of a certain size. */
import type { HostStatus, ModuleStatus } from "../contract/status.ts";
import { paint } from "./colour.ts";
import { renderAge } from "./render_age.ts";
import { renderMs, renderReasons, stateCell } from "./render_status.ts";
import { type Cell, type Column, renderTable } from "./render_table.ts";
import { safeLine } from "./safe_text.ts";
import { sparkline } from "./sparkline.ts";
import type { Rates, StatusRates } from "./status_rates.ts";
import { cutText, textWidth } from "./text_width.ts";

export interface Watched {
  readonly host: HostStatus;
  readonly rates: StatusRates;
  /** The latest events as they are shown, oldest first. */
  readonly events: readonly string[];
  /** Said in place of the hint at the top: the kernel does not answer, for example. */
  readonly alarm?: string;
  readonly hint: string;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

interface WatchColumn extends Column {
  /** What goes first when there is not enough room; 0 stays. */
  readonly rank: number;
  readonly cell: (module: ModuleStatus, rates: Rates) => Cell;
}

const right = "right" as const;
const COLUMNS: readonly WatchColumn[] = [
  { title: "API", rank: 0, cell: ({ api }) => safeLine(api) },
  { title: "STATE", rank: 0, cell: ({ state }) => stateCell(state) },
  { title: "UP", rank: 4, align: right, cell: (module) => alive(module, renderAge(module.uptime)) },
  { title: "CALLS/S", rank: 0, align: right, cell: (_, { calls_per_s }) => rate(calls_per_s) },
  { title: "FAULTS/S", rank: 1, align: right, cell: (_, { faults_per_s }) => alarming(rate(faults_per_s)) },
  { title: "P50 MS", rank: 3, align: right, cell: ({ p50_ms }) => renderMs(p50_ms) },
  { title: "P99 MS", rank: 5, align: right, cell: ({ p99_ms }) => renderMs(p99_ms) },
  { title: "CPU %", rank: 0, align: right, cell: (_, { cpu_share }) => rate(cpu_share) },
  { title: "MIB", rank: 0, align: right, cell: (module) => alive(module, module.memory_mb.toFixed(0)) },
  { title: "MEMORY", rank: 2, cell: (_, { memory }) => sparkline(memory).padEnd(12) },
  { title: "CALLS", rank: 7, align: right, cell: ({ calls }) => String(calls) },
  { title: "FAULTS", rank: 8, align: right, cell: ({ faults }) => String(faults) },
  { title: "ERRORS", rank: 9, align: right, cell: ({ error_count }) => String(error_count) },
  { title: "RESTARTS", rank: 6, align: right, cell: ({ restarts }) => alarming(String(restarts)) },
];
/** Lines that events get at least, when modules and reasons would take all. */
const EVENTS_AT_LEAST = 4;

/** At most `rows` lines, none wider than `columns`. */
export function renderWatch(watched: Watched, { columns, rows }: ScreenSize, colour: boolean): readonly string[] {
  const { host, events } = watched;
  const lines = [headLine(watched, columns, colour), totalLine(watched), ""];
  const [title, ...modules] = tableOf(watched, columns, colour);
  const reasons = renderReasons(host.modules, colour).flatMap((reason) => reason.split("\n"));
  const for_events = events.length === 0 ? 0 : Math.min(events.length, EVENTS_AT_LEAST) + 2;
  const for_reasons = reasons.length === 0 ? 0 : 2;
  const shown = fitting(modules, rows - lines.length - 1 - for_events - for_reasons, "modules");
  lines.push(title!, ...shown);
  if (reasons.length > 0) lines.push("", ...fitting(reasons, rows - lines.length - 1 - for_events, "lines of reasons"));
  const left = rows - lines.length - 2;
  if (left > 0 && events.length > 0) lines.push("", paint("EVENTS", "dim", colour), ...events.slice(-left));
  return lines.slice(0, Math.max(1, rows)).map((line) => cutText(line, columns));
}

/** As many as fit; the last line tells how many more there are. */
function fitting(lines: readonly string[], room: number, what: string): readonly string[] {
  if (lines.length <= Math.max(1, room)) return lines;
  const kept = Math.max(0, room - 1);
  return [...lines.slice(0, kept), `… ${lines.length - kept} more ${what}`];
}

function headLine({ host: { kernel }, alarm, hint }: Watched, columns: number, colour: boolean): string {
  const head = `meta-machine ${safeLine(kernel.version)}, kernel by ${safeLine(kernel.config)}, pid ${kernel.pid}, ` +
    `up ${renderAge(kernel.uptime)}`;
  if (alarm !== undefined) return `${paint(` ${alarm} `, "alarm", colour)} ${head}`;
  const gap = columns - textWidth(head) - textWidth(hint);
  return gap < 2 || !Number.isFinite(gap) ? head : `${head}${" ".repeat(gap)}${paint(hint, "dim", colour)}`;
}

/** Modules that share a process have its figures in common: each process counts once. */
function totalLine({ host: { kernel, modules }, rates }: Watched): string {
  const processes = [
    ...new Map(modules.filter(({ pid }) => pid !== null).map((module) => [module.pid, module])).values(),
  ];
  const all = modules.map(({ api }) => rates.of(api));
  const sum = (figures: readonly (number | undefined)[]) =>
    figures.every((figure) => figure === undefined) ? undefined : figures.reduce<number>((a, b) => a + (b ?? 0), 0);
  const memory = processes.reduce((mib, { memory_mb }) => mib + memory_mb, kernel.memory_mb ?? 0);
  return [
    `${modules.filter(({ state }) => state === "running").length} of ${modules.length} modules run`,
    `${rate(sum(all.map(({ calls_per_s }) => calls_per_s)))} calls/s`,
    `${rate(sum(all.map(({ faults_per_s }) => faults_per_s)))} faults/s`,
    `cpu ${rate(sum(processes.map(({ api }) => rates.of(api).cpu_share)))} %`,
    `${memory.toFixed(0)} MiB in ${processes.length} processes and the kernel`,
  ].join("   ");
}

/** Columns go, the dearest last, until the table fits. */
function tableOf({ host: { modules }, rates }: Watched, columns: number, colour: boolean): readonly string[] {
  for (let rank = Math.max(...COLUMNS.map((column) => column.rank));; rank--) {
    const kept = COLUMNS.filter((column) => column.rank <= rank);
    const rows = modules.map((module) => kept.map(({ cell }) => cell(module, rates.of(module.api))));
    const lines = renderTable(kept, rows, colour).split("\n");
    if (rank === 0 || lines.every((line) => textWidth(line) <= columns)) return lines;
  }
}

function alive({ pid }: ModuleStatus, text: string): string {
  return pid === null ? "-" : text;
}

function alarming(text: string): Cell {
  return text === "-" || Number(text) === 0 ? text : { text, colour: "yellow" };
}

/** With as many digits as mean something. */
function rate(figure: number | undefined): string {
  if (figure === undefined) return "-";
  return figure >= 10 || figure === 0 ? figure.toFixed(0) : figure.toFixed(1);
}
