/** Gives an instance that has just been made the state of another. What becomes of one that does not take it is here, too. */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import { discard } from "./bring_up.ts";
import type { Instance } from "./instance.ts";
import type { KeptState } from "./kept_states.ts";
import type { LifePowers } from "./life_powers.ts";

/** A state that an instance does not take is tried once more, with another instance; then it is set aside. */
export const IMPORT_ATTEMPTS = 2;

/** An instance that throws, hangs or ends meanwhile is taken away: half a state is none. */
export async function importState(fresh: Instance, state: KeptState, powers: LifePowers): Promise<Result<Instance>> {
  const { api, limits } = fresh.planned.spec;
  const { from, payload } = state;
  const allowed = limits.state_bytes;
  const imported = payload.length > allowed
    ? refuse(fault("too_large", `it has ${payload.length} bytes; limits.state_bytes allows ${allowed}`))
    : await fresh.cell.states.import(fresh.id, { from, payload, ms: limits.load_ms });
  if (imported.ok && !fresh.cell.gone()) return ok(fresh);
  const what = imported.ok ? "its process ended" : imported.fault.message;
  const why = fault("load_failed", `'${api}' did not take its former state: ${what}`);
  discard(fresh, why, powers);
  return refuse(why);
}

/** Puts the state where the operator finds it, and says so. Never throws: a full disk must not keep the module from serving. */
export async function setAside(
  { spec: { api } }: PlannedModule,
  state: KeptState,
  why: Fault,
  options: { readonly forget: boolean },
  { states, emit, log }: Pick<LifePowers, "states" | "emit" | "log">,
): Promise<void> {
  await states.setAside(api, state, why.message, options)
    .catch((error) => log("ERROR", api, `its state could not be set aside: ${error}`));
  const detail = { from: state.from, bytes: state.payload.length };
  emit({ kind: "module.state_set_aside", api, message: why.message, detail });
  log("WARNING", api, `${why.message}; the state was set aside, 'state drop ${api}' forgets it`);
}
