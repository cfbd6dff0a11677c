/** The status of one module, one line for each figure. */
import type { ModuleStatus } from "../contract/status.ts";
import { paint } from "./colour.ts";
import { hang } from "./feed_line.ts";
import { renderAge } from "./render_age.ts";
import { renderMs, stateCell } from "./render_status.ts";
import { safeLine, safeText } from "./safe_text.ts";

/** Width of the names on the left. */
const LABEL = 9;

export function renderModule(module: ModuleStatus, colour: boolean): string {
  const state = stateCell(module.state);
  const lines: readonly (readonly [string, string])[] = [
    ["api", safeLine(module.api)],
    ["state", typeof state === "string" ? state : paint(state.text, state.colour, colour)],
    ...(module.reason === undefined ? [] : [["reason", hang(safeText(module.reason), LABEL + 1)] as const]),
    ["config", `${safeLine(module.config)}${module.version === "" ? "" : ` (version ${safeLine(module.version)})`}`],
    ["prog", `${safeLine(module.prog)} (${safeLine(module.origin)})`],
    [
      "cell",
      module.cell === null ? "-" : `${safeLine(module.cell)}${module.pid === null ? "" : `, pid ${module.pid}`}`,
    ],
    ["up", module.pid === null ? "-" : renderAge(module.uptime)],
    ["restarts", String(module.restarts)],
    ["tasks", String(module.active_tasks)],
    ["errors", renderErrors(module)],
    ["calls", `${module.calls}, ${module.faults} faults`],
    ["ms", `p50 ${renderMs(module.p50_ms)}, p99 ${renderMs(module.p99_ms)}`],
    ["memory", module.pid === null ? "-" : `${module.memory_mb.toFixed(1)} MiB`],
    ["cpu", module.pid === null ? "-" : `${module.cpu_s.toFixed(1)} s`],
    ...renderLimits(module).map((text, at) => [at === 0 ? "limits" : "", text] as const),
    ...renderBlame(module).map((text, at) => [at === 0 ? "blame" : "", text] as const),
  ];
  return lines.map(([name, value]) => `${paint(name.padEnd(LABEL), "dim", colour)} ${value}`).join("\n");
}

function renderErrors({ error_count, last_error_time }: ModuleStatus): string {
  if (last_error_time === null) return String(error_count);
  return `${error_count}, the last at ${new Date(last_error_time * 1000).toISOString()}`;
}

/** Those that were hit. All of them stand in the answer of `--json`. */
function renderLimits({ limits = {} }: ModuleStatus): string[] {
  return Object.entries(limits).filter(([, { hits }]) => hits > 0).map(([name, { hits, allowed, last_hit_time }]) =>
    `${safeLine(name)} ${allowed} hit ${hits === 1 ? "once" : `${hits} times`}, the last at ${
      new Date((last_hit_time ?? 0) * 1_000).toISOString()
    }`
  );
}

/** Why it ended last, which call it was at, and what it wrote before that. */
function renderBlame({ blame }: ModuleStatus): string[] {
  if (blame === undefined) return [];
  const { time, why, call, log } = blame;
  return [
    `${new Date(time * 1_000).toISOString()} ${safeLine(why)}`,
    ...(call === undefined ? [] : [`in '${safeLine(call.method)}', called by '${safeLine(call.caller)}'`]),
    ...log.map((line) => `> ${safeLine(line)}`),
  ];
}
