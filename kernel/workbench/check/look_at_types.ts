/** Types of a module that is being written: looked at again and again, by one process that stays. */
import { ok, type Result } from "../../contract/fault.ts";
import { denoFiles } from "../../powers_deno.ts";
import { type Homes, planModule } from "../bench/plan_module.ts";
import { shownPath } from "../bench/shown_path.ts";
import { markProblem } from "../types/mark_problem.ts";
import { TypesCell } from "../types/types_cell.ts";
import { typesOf } from "./types_of.ts";

export interface TypesLook {
  readonly api: string;
  /** Changes with every change of the module's sources, config or prompts. */
  readonly hash: string;
  /** Each with its place and the author's line. */
  readonly problems: readonly string[];
  /** What of its config may not be what was meant. */
  readonly doubts: readonly string[];
}

export interface TypesWatch extends Disposable {
  /** A fault when the module can't be read, or its config is refused. `known`: the hash of the last look; undefined when nothing changed. */
  look(named: string, known: string | undefined): Promise<Result<TypesLook | undefined>>;
}

export function watchTypes(homes: Homes): TypesWatch {
  const { home, program, one_file } = homes;
  const cell = new TypesCell({ home, program, run: home, entry: `${program}/kernel/roles`, bundler_wasm: program });
  return {
    async look(named, known) {
      const found = await planModule(denoFiles, homes, named);
      if (!found.ok) return found;
      const { planned, doubts } = found.value;
      if (planned.hash === known) return ok(undefined);
      const problems = one_file === undefined ? await typesOf(planned, cell, program) : ok([]);
      if (!problems.ok) return problems;
      const show = shownPath(planned, home);
      const text = (path: string) => planned.source.files.find((file) => file.path === path)?.text;
      return ok({
        api: planned.spec.api,
        hash: planned.hash,
        doubts,
        problems: problems.value.map((one) => markProblem(one, show(one.file), text(one.file))),
      });
    },
    [Symbol.dispose]: () => cell[Symbol.dispose](),
  };
}
