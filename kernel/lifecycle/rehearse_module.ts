/** Loads a module where nobody calls it and it may call nobody, to see whether it does and what it offers. Nothing of it is left. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import { bringUp, discard } from "./bring_up.ts";
import type { LifePowers } from "./life_powers.ts";

/** In a process of its own, whoever else it would share one with. */
export async function rehearseModule(planned: PlannedModule, powers: LifePowers): Promise<Result<readonly ToolSpec[]>> {
  const alone = { ...planned, spec: { ...planned.spec, cell: "own" } };
  const brought = await bringUp(alone, powers, { apart: true });
  if (!brought.ok) return refuse(brought.fault);
  discard(brought.value, fault("cancelled", "it was loaded to be looked at"), powers);
  return ok(brought.value.tools);
}
