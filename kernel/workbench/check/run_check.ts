/** One whole check, from a name to what is found. */
import { ok, type Result } from "../../contract/fault.ts";
import { denoFiles } from "../../powers_deno.ts";
import { openBench } from "../bench/open_bench.ts";
import { type FoundModule, type Homes, planModule } from "../bench/plan_module.ts";
import { shownPath } from "../bench/shown_path.ts";
import { TypesCell } from "../types/types_cell.ts";
import { type Checked, checkModule } from "./check_module.ts";
import { typesOf } from "./types_of.ts";

export interface CheckRun {
  readonly checked: Checked;
  /** The path of one of the module's files, as it is shown. */
  readonly show: (file: string) => string;
}

/** Works with and without a host in the home, and touches none. */
export async function runCheck(homes: Homes, named: string): Promise<Result<CheckRun>> {
  const found = await planModule(denoFiles, homes, named);
  return found.ok ? await checkFound(homes, found.value) : found;
}

/** Exactly this source with this config, whatever lies on disk by now. */
export async function checkFound(homes: Homes, found: FoundModule): Promise<Result<CheckRun>> {
  await using open = await openBench(homes);
  using types = new TypesCell(open.places);
  const checked = await checkModule(found, {
    bench: open.bench,
    types: (planned) => homes.one_file === undefined ? typesOf(planned, types, homes.program) : Promise.resolve(ok([])),
  });
  if (!checked.ok) return checked;
  const show = shownPath(found.planned, homes.home);
  const { refused, problems } = checked.value;
  // What the host itself refuses, it says better.
  const others = problems.filter(({ file, line }) => !refused?.message.includes(`${show(file)}:${line}:`));
  return ok({ checked: { ...checked.value, problems: others }, show });
}
