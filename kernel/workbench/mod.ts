/** What authors of modules work with: new modules, checks, tests in real cells. */
export type { Checked } from "./check/check_module.ts";
export { type Ask, explainGrants } from "./check/explain_grants.ts";
export { type TypesLook, type TypesWatch, watchTypes } from "./check/look_at_types.ts";
export { renderChecked } from "./check/render_checked.ts";
export { checkFound, type CheckRun, runCheck } from "./check/run_check.ts";
export type { Homes } from "./bench/plan_module.ts";
export { type NewModule, newModule } from "./scaffold/new_module.ts";
export { renderCoverage } from "./testing/render_coverage.ts";
export { runTests } from "./testing/run_tests.ts";
export { moduleFiles } from "./scaffold/texts.ts";
