/** A candidate serves a part of the real calls beside what runs, for a while: with all that the module may, and with nothing of its state. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import { TOOL_ASPECT } from "../contract/tool_spec.ts";
import type { ShareFigures } from "../broker/mod.ts";
import { pause } from "../primitives/pause.ts";
import { bringUp, discard } from "./bring_up.ts";
import { drainInstance } from "./drain_instance.ts";
import type { LifePowers } from "./life_powers.ts";

export interface Sharing {
  /** Of the calls, above 0 and at most 1. */
  readonly part: number;
  /** Tools that may be called twice or not at all: those alone are shared out. */
  readonly entries: readonly string[];
  readonly ms: number;
}

/** How often it is looked whether it still lives. */
const LOOK_MS = 50;

/** Refuses one that does not load, and one that carries a state: two instances of it would know different things. */
export async function shareModule(
  planned: PlannedModule,
  powers: LifePowers,
  { part, entries, ms }: Sharing,
): Promise<Result<ShareFigures>> {
  const alone = { ...planned, spec: { ...planned.spec, cell: "own" } };
  const brought = await bringUp(alone, powers);
  if (!brought.ok) return brought;
  const candidate = brought.value;
  const { broker, clock } = powers;
  if (candidate.state !== undefined) {
    const why = fault("denied", `'${planned.spec.api}' carries a state: its calls can't be shared out`, {
      retriable: false,
    });
    discard(candidate, why, powers);
    return refuse(why);
  }
  const { shares } = broker.statistics;
  shares.begin(candidate.seat, { part, entries: new Set(entries), aspect: TOOL_ASPECT });
  const end = clock.monotonic() + ms;
  while (clock.monotonic() < end && !candidate.cell.gone()) await pause(clock, LOOK_MS);
  const died = candidate.cell.gone();
  const figures = shares.end(planned.spec.api);
  if (!died) await drainInstance(candidate, powers);
  if (died || figures === undefined) {
    return refuse(fault("module_killed", "its process ended under its share of the calls"));
  }
  return ok(figures);
}
