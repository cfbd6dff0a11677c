/** The story of a reload: a newer instance takes an older one's place, with what that one remembers. */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import { bringUp, discard } from "./bring_up.ts";
import { drainInstance } from "./drain_instance.ts";
import { IMPORT_ATTEMPTS, importState, setAside } from "./import_state.ts";
import { exportsState, importsState, type Instance } from "./instance.ts";
import type { KeptState } from "./kept_states.ts";
import { leaveState, tellStateLeft } from "./leave_state.ts";
import type { LifePowers } from "./life_powers.ts";
import { restore } from "./restore.ts";

/** How the module's life follows the story. */
export interface Turn {
  /** Calls without a parent wait from now on. */
  hold(): void;
  /** They go to the old instance again, if it is still there. */
  serveOn(): void;
  /** From now on there is no current instance. */
  ends(): void;
  /** The old instance is gone, or the module is to stop. */
  over(): boolean;
  stopped(): boolean;
}

export type Replaced =
  /** Calls wait for it, or still go to the old one. `carried`: the state it was given, to be kept. `missed`: it is the former version again, and why. */
  | { readonly is: "ready"; readonly instance: Instance; readonly carried?: KeptState; readonly missed?: Fault }
  /** Nothing changed; what ran runs on. */
  | { readonly is: "refused"; readonly why: Fault }
  /** The old one has ended and nothing took its place. */
  | { readonly is: "ended"; readonly missed: Fault; readonly why: Fault }
  /** It has ended, and nobody wants the module any more. */
  | { readonly is: "stopped" };

/** `empty`: the new instance begins with nothing, whatever the old one remembers. */
export async function replaceInstance(
  old: Instance,
  planned: PlannedModule,
  powers: LifePowers,
  turn: Turn,
  { empty }: { readonly empty: boolean },
): Promise<Replaced> {
  if (planned.spec.reload === "stop_start") return await oneAfterTheOther(old, planned, powers, turn, empty);
  if (!empty && exportsState(old)) return await carryOver(old, planned, powers, turn);
  const brought = empty ? await bringUp(planned, powers) : await restore(planned, powers, "refuse");
  return brought.ok ? { is: "ready", instance: brought.value } : { is: "refused", why: brought.fault };
}

/** The new one is made beside the old one; only while the state changes hands calls wait. */
async function carryOver(old: Instance, planned: PlannedModule, powers: LifePowers, turn: Turn): Promise<Replaced> {
  for (let attempt = 1;; attempt++) {
    const brought = await bringUp(planned, powers, { awaits_state: true });
    if (!brought.ok) return { is: "refused", why: brought.fault };
    if (!importsState(brought.value)) return { is: "ready", instance: brought.value };
    turn.hold();
    const left = await leave(old, powers, turn);
    if (!left.ok) {
      discard(brought.value, left.fault, powers);
      turn.serveOn();
      return { is: "refused", why: left.fault };
    }
    const imported = await importState(brought.value, left.value, powers);
    if (imported.ok) {
      tellStateLeft(old, left.value.calls_left, powers);
      return { is: "ready", instance: imported.value, carried: left.value };
    }
    turn.serveOn();
    if (attempt < IMPORT_ATTEMPTS && !turn.over()) continue;
    await setAside(planned, left.value, imported.fault, { forget: false }, powers);
    return { is: "refused", why: imported.fault };
  }
}

/** For a module that owns something only one may own: calls wait, the old one ends, then the new one is made. */
async function oneAfterTheOther(
  old: Instance,
  planned: PlannedModule,
  powers: LifePowers,
  turn: Turn,
  empty: boolean,
): Promise<Replaced> {
  turn.hold();
  const left = !empty && exportsState(old) ? await leaveKept(old, powers, turn) : ok(undefined);
  if (!left.ok) {
    turn.serveOn();
    return { is: "refused", why: left.fault };
  }
  turn.ends();
  await drainInstance(old, powers);
  if (turn.stopped()) return { is: "stopped" };
  const brought = empty ? await bringUp(planned, powers) : await restore(planned, powers, "refuse");
  if (brought.ok) return { is: "ready", instance: brought.value };
  const former = await restore(old.planned, powers, "start_empty");
  if (former.ok) return { is: "ready", instance: former.value, missed: brought.fault };
  return { is: "ended", missed: brought.fault, why: former.fault };
}

/** The state must be safe before the one who remembers it ends. */
async function leaveKept(old: Instance, powers: LifePowers, turn: Turn): Promise<Result<void>> {
  const { api } = old.planned.spec;
  const left = await leave(old, powers, turn);
  if (!left.ok) return left;
  try {
    await powers.states.keep(api, left.value);
  } catch (error) {
    return refuse(fault("quota", `the state of '${api}' could not be kept: ${error}`, { hint: "look at the disk" }));
  }
  tellStateLeft(old, left.value.calls_left, powers);
  return ok(undefined);
}

function leave(old: Instance, powers: LifePowers, turn: Turn): ReturnType<typeof leaveState> {
  const { drain_ms, shutdown_ms } = old.planned.spec.limits;
  return leaveState(old, powers, { drain_ms, export_ms: shutdown_ms, over: () => turn.over() });
}
