/** `plugin check`: everything that can be said of a module without letting it near anything. Each step works in a process of its own. */
import { type Fault, ok, type Result } from "../../contract/fault.ts";
import type { PlannedModule } from "../../contract/spec.ts";
import type { ToolSpec } from "../../contract/tool_spec.ts";
import { NO_GRANTS } from "../../config/mod.ts";
import type { FoundModule } from "../bench/plan_module.ts";
import type { Workbench } from "../bench/workbench.ts";
import type { TypeProblem } from "../types/type_order.ts";
import { type Ask, explainGrants } from "./explain_grants.ts";

export interface Checked {
  readonly api: string;
  readonly prog: string;
  /** The file that claims it; undefined when none does. */
  readonly config: string | undefined;
  /** Why the host would not load it. */
  readonly refused: Fault | undefined;
  /** What it failed at where it was tried without the powers that it asks for. */
  readonly unknown?: Fault | undefined;
  readonly problems: readonly TypeProblem[];
  /** What of its config may not be what was meant, each with file and line. */
  readonly doubts: readonly string[];
  readonly asks: readonly Ask[];
  /** Undefined when it could not be loaded without what it asks for. */
  readonly tools: readonly ToolSpec[] | undefined;
}

export interface CheckPowers {
  readonly bench: Workbench;
  readonly types: (planned: PlannedModule) => Promise<Result<readonly TypeProblem[]>>;
}

export async function checkModule(
  { planned, configured, doubts }: FoundModule,
  { bench, types }: CheckPowers,
): Promise<Result<Checked>> {
  const { spec } = planned;
  const [bundle, checked] = await Promise.all([bench.bundle(planned), types(planned)]);
  if (!checked.ok) return checked;
  const facts = {
    api: spec.api,
    prog: spec.prog,
    config: configured ? spec.config : undefined,
    problems: checked.value,
    doubts,
    asks: explainGrants(spec.grants),
  };
  if (!bundle.ok) return ok({ ...facts, refused: bundle.fault, tools: undefined });
  const loaded = await bench.bring(withoutPowers(planned), bundle.value);
  if (loaded.ok) {
    await bench.leave(loaded.value);
    return ok({ ...facts, refused: undefined, tools: loaded.value.tools });
  }
  // What was taken from it may be what it missed: then nobody can tell before it runs, but what it failed at is told.
  const lost = lostPowers(planned);
  return ok({
    ...facts,
    refused: lost ? undefined : loaded.fault,
    unknown: lost ? loaded.fault : undefined,
    tools: undefined,
  });
}

/** With everything that is harmless in an empty room: its libraries, its prompts, folders of a home that is thrown away. */
function withoutPowers(planned: PlannedModule): PlannedModule {
  const { packages, builtins, prompts, folders, wasm } = planned.spec.grants;
  const own = folders.filter(({ path }) => path.startsWith("runtime/files/"));
  const grants = { ...NO_GRANTS, packages, builtins, prompts, folders: own, wasm };
  return { ...planned, spec: { ...planned.spec, cell: "own", grants } };
}

function lostPowers({ spec: { grants } }: PlannedModule): boolean {
  return grants.net.length + grants.listen.length + grants.secrets.length + grants.services.length > 0;
}
