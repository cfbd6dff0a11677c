import type { Plan } from "../contract/spec.ts";

/** Apis that were served in these cells, as far as the plan tells. */
export function apisOfCells(plan: Plan, cells: readonly string[]): readonly string[] {
  const bases = cells.map((cell) => cell.slice(0, cell.lastIndexOf("~")));
  return [...plan.modules.values()]
    .filter(({ spec }) => bases.includes(spec.cell === "own" ? spec.api.replaceAll("/", ".") : spec.cell))
    .map(({ spec }) => spec.api);
}
