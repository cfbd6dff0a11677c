/** One whole check, from a name to what is found. */
import { ok, type Result } from "../../contract/fault.ts";
import type { PlannedModule } from "../../contract/spec.ts";
import { LIBRARY_VERSIONS } from "../../../libs/mod.ts";
import { denoFiles } from "../../powers_deno.ts";
import { openBench } from "../bench/open_bench.ts";
import { type Homes, planModule } from "../bench/plan_module.ts";
import { shownPath } from "../bench/shown_path.ts";
import { typeSources } from "../types/type_sources.ts";
import { TypesCell } from "../types/types_cell.ts";
import type { TypeProblem } from "../types/type_order.ts";
import { type Checked, checkModule } from "./check_module.ts";

export interface CheckRun {
  readonly checked: Checked;
  /** The path of one of the module's files, as it is shown. */
  readonly show: (file: string) => string;
}

/** Works with and without a host in the home, and touches none. */
export async function runCheck(homes: Homes, named: string): Promise<Result<CheckRun>> {
  const found = await planModule(denoFiles, homes, named);
  if (!found.ok) return found;
  await using open = await openBench(homes);
  using types = new TypesCell(open.places);
  const checked = await checkModule(found.value, {
    bench: open.bench,
    types: (planned) => typesOf(planned, types, homes.program),
  });
  if (!checked.ok) return checked;
  const show = shownPath(found.value.planned, homes.home);
  const { refused, problems } = checked.value;
  // What the host itself refuses, it says better.
  const others = problems.filter(({ file, line }) => !refused?.message.includes(`${show(file)}:${line}:`));
  return ok({ checked: { ...checked.value, problems: others }, show });
}

/** What the compiler finds in a module's files. */
export async function typesOf(
  { spec: { grants }, source }: PlannedModule,
  cell: TypesCell,
  program: string,
): Promise<Result<readonly TypeProblem[]>> {
  const packages = grants.packages.filter((name) => Object.hasOwn(LIBRARY_VERSIONS, name));
  const { known, reads } = typeSources({ ...grants, packages }, program);
  const answer = await cell.check({ entry: source.entry, files: source.files, ...known }, reads);
  if (!answer.ok) return answer;
  const { problems, more } = answer.value;
  const last = problems.at(-1);
  return ok(more === 0 || last === undefined ? problems : [...problems, { ...last, message: `and ${more} more` }]);
}
