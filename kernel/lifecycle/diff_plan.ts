import type { ApiName } from "../contract/names.ts";
import type { Plan, PlannedModule, Rejection } from "../contract/spec.ts";
import { deriveNames } from "../config/mod.ts";
import { orderByNeed } from "./order_by_need.ts";

/** What has to be known of a module that runs, to tell whether it runs as planned. */
export interface RunningModule {
  readonly api: ApiName;
  /** PlannedModule.hash of what runs. */
  readonly hash: string;
  /** The config file it was started from, relative to the home, and its version. */
  readonly config: string;
  readonly version: string;
  /** As it was planned. */
  readonly planned?: Pick<PlannedModule, "spec" | "source">;
}

/** One thing to do. `relabel`: it runs as wanted already, only under another config file or version. */
export type Step =
  | { readonly kind: "stop"; readonly api: ApiName }
  | { readonly kind: "start" | "reload" | "relabel"; readonly api: ApiName; readonly planned: PlannedModule };

/**
 * The difference between what runs and what should: unload what is no longer wanted, load what is new, reload what
 * changed, touch nothing else. What runs of a rejected api is left alone, also when the rejection is known only by its
 * file, by another version of it, or by a folder that held it; what was withdrawn stops all the same. Stops come first, latest started first (`running` is in
 * the order of starting); the rest follows the order of need. A plan that was carried out gives no step.
 */
export function diffPlan(running: ReadonlyMap<ApiName, RunningModule>, plan: Plan): readonly Step[] {
  const stops = [...running.values()].reverse()
    .filter((module) =>
      !plan.modules.has(module.api) &&
      (plan.withdrawn?.includes(module.api) || !plan.rejected.some((rejection) => speaksOf(rejection, module)))
    )
    .map(({ api }): Step => ({ kind: "stop", api }));
  const changes = orderByNeed(plan.modules).flatMap((api): Step[] => {
    const planned = plan.modules.get(api)!;
    const kind = changeOf(running.get(api), planned);
    return kind === undefined ? [] : [{ kind, api, planned }];
  });
  return [...stops, ...changes];
}

/** In which order a host stops: who needs a service before the service; what is in no plan any more first of all. */
export function stopOrder(running: Iterable<ApiName>, plan: Plan): readonly ApiName[] {
  const apis = [...new Set(running)];
  const planned = orderByNeed(plan.modules).filter((api) => apis.includes(api));
  return [...apis.filter((api) => !plan.modules.has(api)).reverse(), ...planned.toReversed()];
}

function changeOf(
  now: RunningModule | undefined,
  { spec, hash }: PlannedModule,
): "start" | "reload" | "relabel" | undefined {
  if (now === undefined) return "start";
  if (now.hash !== hash) return "reload";
  return now.config === spec.config && now.version === spec.version ? undefined : "relabel";
}

function speaksOf({ api, file }: Rejection, running: RunningModule): boolean {
  if (api === running.api || file === running.config || running.config.startsWith(`${file}/`)) return true;
  return deriveNames(file).base === deriveNames(running.config).base;
}
