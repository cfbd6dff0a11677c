export { apisOfCells } from "./apis_of_cells.ts";
export { diffPlan, type RunningModule, type Step, stopOrder } from "./diff_plan.ts";
export type { Instance } from "./instance.ts";
export type { LifePowers } from "./life_powers.ts";
export { Lives } from "./lives.ts";
export { ModuleLife } from "./module_life.ts";
export { Reconciler } from "./reconcile.ts";
export { statusOf, statusOfRejected } from "./status_of.ts";
export { ToolCatalog } from "./tool_catalog.ts";
