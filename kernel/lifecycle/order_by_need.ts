import type { ApiName } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import { coversApi } from "../broker/mod.ts";

/**
 * All planned modules, each after the services it is granted, as far as they can be: where modules need one another in
 * a circle, the first by name comes last of its circle. The same plan always gives the same order.
 */
export function orderByNeed(modules: ReadonlyMap<ApiName, PlannedModule>): readonly ApiName[] {
  const names = [...modules.keys()].toSorted();
  const seen = new Set<ApiName>();
  const ordered: ApiName[] = [];
  const visit = (api: ApiName): void => {
    if (seen.has(api)) return;
    seen.add(api);
    for (const needed of needsOf(modules.get(api)!, names)) visit(needed);
    ordered.push(api);
  };
  names.forEach(visit);
  return ordered;
}

function needsOf({ spec }: PlannedModule, names: readonly ApiName[]): readonly ApiName[] {
  const granted = spec.grants.services.map(({ api }) => api);
  return names.filter((name) => granted.some((api) => coversApi(api, name)));
}
