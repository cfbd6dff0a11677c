/** Brings an instance up and gives it the state that was kept of its module, if there is one and it takes states. */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import { bringUp } from "./bring_up.ts";
import { IMPORT_ATTEMPTS, importState, setAside } from "./import_state.ts";
import { importsState, type Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

/** `otherwise`: what becomes of a module that does not take its kept state: it starts empty, or not at all. */
export async function restore(
  planned: PlannedModule,
  powers: LifePowers,
  otherwise: "start_empty" | "refuse",
): Promise<Result<Instance>> {
  const kept = await powers.states.read(planned.spec.api);
  if (kept === undefined) return await bringUp(planned, powers);
  let why: Fault | undefined;
  for (let attempt = 0; attempt < IMPORT_ATTEMPTS; attempt++) {
    const brought = await bringUp(planned, powers, { awaits_state: true });
    if (!brought.ok || !importsState(brought.value)) return brought;
    const restored = await importState(brought.value, kept, powers);
    if (restored.ok) return restored;
    why = restored.fault;
  }
  const empty = otherwise === "start_empty";
  await setAside(planned, kept, empty ? fault("load_failed", `${why!.message}; it starts empty`) : why!, {
    forget: empty,
  }, powers);
  return empty ? await bringUp(planned, powers) : refuse(why!);
}
