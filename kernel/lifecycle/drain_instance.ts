/** Lets an old instance finish what it has in flight, shuts it down, and takes its Worker (and a cell that nobody else sits in) away. */
import { fault } from "../contract/fault.ts";
import type { Clock } from "../contract/powers.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

/** How often the remaining calls are counted; a drain is rare and short. */
const LOOK_MS = 5;

/** `bound_ms` cuts `drain_ms` and `shutdown_ms` together, for a host that stops. */
export async function drainInstance(old: Instance, powers: LifePowers, bound_ms = Infinity): Promise<void> {
  const { drain_ms, shutdown_ms } = old.planned.spec.limits;
  const { clock, broker } = powers;
  const end = clock.monotonic() + Math.min(drain_ms, bound_ms);
  const ended = old.cell.gone;
  while (broker.servedBy(old.id) > 0 && clock.monotonic() < end && !ended()) await pause(clock, LOOK_MS);
  if (!ended()) {
    // shutdown() has its own time even when draining took all of drain_ms; run() has what is left of drain_ms.
    await old.cell.shutdown(old.id, Math.max(end - clock.monotonic(), Math.min(shutdown_ms, bound_ms)));
  }
  const why = fault("moved", `the instance of '${old.planned.spec.api}' that served this call was replaced`, {
    maybe_ran: true,
  });
  broker.unseat(old.id, why);
  old.cell.unload(old.id);
  await powers.cells.release(old.cell, "drained");
}

export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resume) => clock.after(ms, resume));
}
