/** What `status` shows: the kernel, the modules there are, and those that a refused config never let be. */
import type { Clock } from "./contract/powers.ts";
import type { Plan } from "./contract/spec.ts";
import type { HostStatus } from "./contract/status.ts";
import type { Broker } from "./broker/mod.ts";
import { type Lives, statusOf, statusOfRejected } from "./lifecycle/mod.ts";
import type { LimitHits } from "./limit_hits.ts";

export interface StatusParts {
  readonly lives: Lives;
  readonly broker: Broker;
  readonly limits: LimitHits;
  readonly plan: Plan;
  readonly clock: Clock;
  readonly about: { readonly version: string; readonly config: string; readonly pid: number; readonly started: number };
  /** Of the kernel's own process. */
  readonly figures?: { readonly rss: number; readonly cpu_ms: number };
}

/** How long a cell may take to answer for its figures before the last ones are shown. */
const FIGURES_MS = 250;

/** Of one module when `api` is given. */
export async function hostStatus(
  { lives, broker, limits, plan, clock, about, figures }: StatusParts,
  api?: string,
): Promise<HostStatus> {
  const wanted = (name: string | undefined) => name !== undefined && (api === undefined || name === api);
  const shown = lives.all().filter((life) => wanted(life.api));
  await Promise.all(shown.map((life) => life.current?.cell.ask(FIGURES_MS)));
  const now = clock.now();
  const modules = shown.map((life) =>
    statusOf(life, {
      calls: broker.statistics.of(life.api),
      rejection: plan.rejected.find((one) => one.api === life.api),
      state_aside: lives.whyStateAside(life.api),
      now,
      hits: api === undefined ? undefined : limits.of(life.api),
    })
  );
  const never = plan.rejected.filter((one) => wanted(one.api) && lives.get(one.api!) === undefined);
  const all = [...modules, ...never.flatMap((one) => statusOfRejected(one) ?? [])];
  const { started, ...kernel } = about;
  return {
    kernel: { ...kernel, uptime: round((now - started) / 1_000), ...(figures !== undefined && processOf(figures)) },
    modules: all.sort((a, b) => (a.api < b.api ? -1 : 1)),
  };
}

function processOf({ rss, cpu_ms }: { readonly rss: number; readonly cpu_ms: number }) {
  return { memory_mb: round(rss / 1_048_576), cpu_s: round(cpu_ms / 1_000) };
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
