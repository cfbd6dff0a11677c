/** Has an instance finish what it has in flight, then say what it remembers. Nobody new may call it meanwhile. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { pause } from "../primitives/pause.ts";
import type { Instance } from "./instance.ts";
import type { KeptState } from "./kept_states.ts";
import type { LifePowers } from "./life_powers.ts";

/** How often the remaining calls are counted while others wait for them. */
const LOOK_MS = 1;

export interface LeavingBounds {
  /** For the calls in flight. */
  readonly drain_ms: number;
  /** For `exportState`. */
  readonly export_ms: number;
  /** Nobody wants the state any more, or the instance is gone. */
  readonly over: () => boolean;
}

export async function leaveState(
  old: Instance,
  powers: LifePowers,
  { drain_ms, export_ms, over }: LeavingBounds,
): Promise<Result<KeptState & { readonly calls_left: number }>> {
  const { clock, broker } = powers;
  const { api, version, limits } = old.planned.spec;
  const end = clock.monotonic() + drain_ms;
  while (broker.servedBy(old.id) > 0 && clock.monotonic() < end && !over()) await pause(clock, LOOK_MS);
  const calls_left = broker.servedBy(old.id);
  if (over()) return refuse(fault("cancelled", `the state of '${api}' is not wanted any more`));
  const exported = await old.cell.states.export(old.id, { ms: export_ms, max_bytes: limits.state_bytes });
  if (!exported.ok) {
    const { code, message } = exported.fault;
    const hint = `if the source is mended already: \`state drop ${api}\` loads it without that state`;
    return refuse(
      fault(code, `the state of '${api}' could not be exported by its running instance: ${message}`, { hint }),
    );
  }
  return ok({ from: version, payload: exported.value, calls_left });
}

/** Calls that were still running when the state was exported go on with the old instance; what they change is lost with it. */
export function tellStateLeft(old: Instance, calls: number, { emit }: Pick<LifePowers, "emit">): void {
  if (calls === 0) return;
  const what = calls === 1 ? "1 call" : `${calls} calls`;
  const message = `${what} lasted longer than limits.drain_ms; what they change from now on was not carried over`;
  emit({ kind: "module.state_left", api: old.planned.spec.api, message, detail: { calls } });
}

/** The last state of an instance that ends in order is there when its module is started again. What goes wrong is told, and holds up nothing. */
export async function keepLastState(old: Instance, powers: LifePowers, ms: number): Promise<void> {
  const { api } = old.planned.spec;
  const left = await leaveState(old, powers, { drain_ms: 0, export_ms: ms, over: () => false });
  if (!left.ok) return powers.log("ERROR", api, left.fault.message);
  await powers.states.keep(api, left.value)
    .catch((error) => powers.log("ERROR", api, `the state of '${api}' could not be kept: ${error}`));
  tellStateLeft(old, left.value.calls_left, powers);
}
