/** Lets an old instance finish what it has in flight, shuts it down, and takes its Worker (and a cell that nobody else sits in) away. */
import { fault } from "../contract/fault.ts";
import { pause } from "../primitives/pause.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

/** How often the remaining calls are counted; a drain is rare and short. */
const LOOK_MS = 5;

/** A caller that does nothing else acknowledges answers when it looks at the time, once a second. */
const HEARD_MS = 1_500;

export interface DrainOptions {
  /** Cuts `drain_ms` and `shutdown_ms` together, for a host that stops. */
  readonly bound_ms?: number | undefined;
  /** Between the last call and `shutdown()`: nobody may call the instance any more, and it still is whole. */
  readonly idle?: (left_ms: number) => Promise<void>;
}

export async function drainInstance(
  old: Instance,
  powers: LifePowers,
  { bound_ms = Infinity, idle }: DrainOptions = {},
): Promise<void> {
  const { drain_ms, shutdown_ms } = old.planned.spec.limits;
  const { clock, broker, leadership } = powers;
  const end = clock.monotonic() + Math.min(drain_ms, bound_ms);
  const ended = old.cell.gone;
  while (broker.servedBy(old.id) > 0 && clock.monotonic() < end && !ended()) await pause(clock, LOOK_MS);
  if (!leadership.leads) return; // the rest is for the kernel that leads now
  if (!ended()) await idle?.(Math.min(shutdown_ms, bound_ms));
  if (!ended()) {
    // shutdown() has its own time even when draining took all of drain_ms; run() has what is left of drain_ms.
    await old.cell.shutdown(old.id, Math.max(end - clock.monotonic(), Math.min(shutdown_ms, bound_ms)));
  }
  const why = fault("moved", `the instance of '${old.planned.spec.api}' that served this call was replaced`, {
    maybe_ran: true,
  });
  broker.unseat(old.id, why);
  old.cell.unload(old.id);
  // A host that stops has no next kernel that might ask again.
  const unheard = bound_ms === Infinity && broker.isOwed(old.cell.id) && !await heard(old, powers);
  await powers.cells.release(old.cell, "drained", { unheard });
}

/**
 * A process that is told to end and ends with code 0 has nothing that a caller still waits for: should the kernel crash now, the next one may deliver to
 * another instance what nobody else has heard of. False when a caller did not take its answer in time.
 */
async function heard({ cell }: Instance, { clock, broker }: LifePowers): Promise<boolean> {
  const end = clock.monotonic() + HEARD_MS;
  while (broker.isOwed(cell.id) && clock.monotonic() < end && !cell.gone()) await pause(clock, LOOK_MS);
  return !broker.isOwed(cell.id);
}
