/** The machine's figures in the text format of Prometheus, version 0.0.4. */
import type { HostStatus, ModuleStatus } from "./host_status.ts";

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
const MIB = 1_048_576;

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number | null | undefined];

interface Metric {
  readonly name: string;
  readonly type: "gauge" | "counter";
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Of the web module itself. */
export interface WebFigures {
  readonly requests: readonly { readonly route: string; readonly status: number; readonly count: number }[];
  readonly under_way: number;
  readonly streams: number;
}

export function metricsText({ kernel, modules }: HostStatus, web: WebFigures): string {
  const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name,
    type: "counter",
    help,
    samples,
  });
  const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name,
    type: "gauge",
    help,
    samples,
  });
  const each = (value: (module: ModuleStatus) => number | null): Sample[] =>
    modules.map((module) => [{ api: module.api }, value(module)]);
  const seconds = (ms: number | null) => ms === null ? null : ms / 1_000;
  return [
    gauge("kernel_info", "The kernel that serves; always 1.", [[{ version: kernel.version }, 1]]),
    gauge("kernel_uptime_seconds", "How long this kernel has served.", [[{}, kernel.uptime]]),
    gauge("kernel_memory_bytes", "Resident memory of the kernel's process.", [[{}, bytes(kernel.memory_mb)]]),
    counter("kernel_cpu_seconds_total", "Processor time of the kernel's process.", [[{}, kernel.cpu_s]]),
    gauge("modules", "Modules by their state.", statesOf(modules)),
    gauge("module_up", "1 for a module that serves or sleeps until it is called.", each(isUp)),
    gauge("module_uptime_seconds", "How long the present instance has been there.", each(({ uptime }) => uptime)),
    gauge("module_active_tasks", "Calls and tasks under way.", each(({ active_tasks }) => active_tasks)),
    counter("module_calls_total", "Calls that the module has ended.", each(({ calls }) => calls)),
    counter("module_faults_total", "Calls that ended with a fault.", each(({ faults }) => faults)),
    counter("module_errors_total", "Errors of the module itself.", each(({ error_count }) => error_count)),
    counter("module_restarts_total", "How often it was started again.", each(({ restarts }) => restarts)),
    gauge(
      "module_memory_bytes",
      "Its part of its process's resident memory.",
      each(({ memory_mb }) => bytes(memory_mb)!),
    ),
    counter("module_cpu_seconds_total", "Processor time of its instance.", each(({ cpu_s }) => cpu_s)),
    gauge("module_call_seconds", "Duration of its calls, by quantile.", [
      ...modules.map(({ api, p50_ms }): Sample => [{ api, quantile: "0.5" }, seconds(p50_ms)]),
      ...modules.map(({ api, p99_ms }): Sample => [{ api, quantile: "0.99" }, seconds(p99_ms)]),
    ]),
    counter(
      "web_requests_total",
      "Requests to the web module, by route and status.",
      web.requests.map(({ route, status, count }): Sample => [{ route, status: String(status) }, count]),
    ),
    gauge("web_requests_under_way", "Requests that are being answered.", [[{}, web.under_way]]),
    gauge("web_streams_open", "Answers that go on.", [[{}, web.streams]]),
  ].map(textOf).join("");
}

function statesOf(modules: readonly ModuleStatus[]): Sample[] {
  const counts = new Map<string, number>();
  for (const { state } of modules) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a < b ? -1 : 1).map(([state, count]) => [{ state }, count]);
}

function isUp({ state }: ModuleStatus): number {
  return ["running", "reloading", "sleeping"].includes(state) ? 1 : 0;
}

function bytes(mib: number | undefined): number | undefined {
  return mib === undefined ? undefined : Math.round(mib * MIB);
}

/** A metric without a sample that has a value is left out. */
function textOf({ name, type, help, samples }: Metric): string {
  const lines = samples.filter(([, value]) => typeof value === "number" && Number.isFinite(value))
    .map(([labels, value]) => `meta_machine_${name}${labelsText(labels)} ${value}\n`);
  if (lines.length === 0) return "";
  return `# HELP meta_machine_${name} ${help}\n# TYPE meta_machine_${name} ${type}\n${lines.join("")}`;
}

function labelsText(labels: Labels): string {
  const entries = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return entries.length === 0 ? "" : `{${entries.join(",")}}`;
}

/** A name or version is a module's word: it must not be able to write a line of its own. */
export function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
