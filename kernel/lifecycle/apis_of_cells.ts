import type { Plan } from "../contract/spec.ts";

/** Apis that were served in cells of these names (without their numbers), as far as the plan tells. */
export function apisOfCells(plan: Plan, bases: readonly string[]): readonly string[] {
  return [...plan.modules.values()]
    .filter(({ spec }) => bases.includes(spec.cell === "own" ? spec.api.replaceAll("/", ".") : spec.cell))
    .map(({ spec }) => spec.api);
}
