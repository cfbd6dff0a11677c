import { ok, type Result } from "../../contract/fault.ts";
import type { PlannedModule } from "../../contract/spec.ts";
import { LIBRARY_VERSIONS } from "../../../libs/mod.ts";
import { denoFiles } from "../../powers_deno.ts";
import type { TypeProblem } from "../types/type_order.ts";
import { filesBeside } from "./files_beside.ts";
import { typeSources } from "../types/type_sources.ts";
import type { TypesCell } from "../types/types_cell.ts";

/** What the compiler finds in a module's files. */
export async function typesOf(
  { spec: { grants }, source }: PlannedModule,
  cell: TypesCell,
  program: string,
): Promise<Result<readonly TypeProblem[]>> {
  const packages = grants.packages.filter((name) => Object.hasOwn(LIBRARY_VERSIONS, name));
  const { known, reads } = typeSources(
    { ...grants, packages },
    program,
    grants.packages.filter((name) => !packages.includes(name)), // of the home's own there is code only
  );
  const beside = await filesBeside(denoFiles, source);
  const answer = await cell.check({ entry: source.entry, files: source.files, beside, ...known }, reads);
  if (!answer.ok) return answer;
  const { problems, more } = answer.value;
  const last = problems.at(-1);
  return ok(more === 0 || last === undefined ? problems : [...problems, { ...last, message: `and ${more} more` }]);
}
