/** In which order a host stops: level by level, so that nobody loses a service it may still need; within a level all at once. */
import type { ApiName } from "../contract/names.ts";
import type { Plan } from "../contract/spec.ts";
import { coversApi } from "../broker/mod.ts";
import { stopOrder } from "./diff_plan.ts";

export function stopLevels(running: Iterable<ApiName>, plan: Plan): readonly (readonly ApiName[])[] {
  const levels: ApiName[][] = [];
  for (const api of stopOrder(running, plan)) {
    const level = levels.at(-1);
    if (level === undefined || level.some((user) => mayCall(plan, user, api))) levels.push([api]);
    else level.push(api);
  }
  return levels;
}

function mayCall(plan: Plan, user: ApiName, api: ApiName): boolean {
  const services = plan.modules.get(user)?.spec.grants.services ?? [];
  return services.some((grant) => coversApi(grant.api, api));
}
