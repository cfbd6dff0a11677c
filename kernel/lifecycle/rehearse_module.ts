/** Loads a module where nobody calls it and it reaches nobody, and tries it there. Nothing of it is left. */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { Payload } from "../contract/wire.ts";
import { bringUp, discard } from "./bring_up.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

/** One call, and what the module hears of services meanwhile. */
export interface Rehearsal {
  readonly calls: readonly { readonly aspect: string; readonly name: string; readonly payload: Payload }[];
  /** By api, then by method. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Payload>>;
  /** Milliseconds that each call has. */
  readonly each_ms: number;
}

export interface Rehearsed {
  readonly tools: readonly ToolSpec[];
  readonly outcomes: readonly ({ readonly ms: number } & (Result<Payload>))[];
}

export const NO_CALLS: Rehearsal = Object.freeze({ calls: [], answers: new Map(), each_ms: 0 });

/** In a process of its own, whoever else it would share one with. One that dies fails what was left to try. */
export async function rehearseModule(
  planned: PlannedModule,
  powers: LifePowers,
  { calls, answers, each_ms }: Rehearsal = NO_CALLS,
): Promise<Result<Rehearsed>> {
  const alone = { ...planned, spec: { ...planned.spec, cell: "own" } };
  const apart = ({ api, name }: { readonly api: string; readonly name: string }) => answers.get(api)?.get(name);
  const brought = await bringUp(alone, powers, { apart });
  if (!brought.ok) return refuse(brought.fault);
  const outcomes: ({ readonly ms: number } & Result<Payload>)[] = [];
  for (const call of calls) outcomes.push(await tryCall(brought.value, call, each_ms, powers));
  discard(brought.value, fault("cancelled", "it was loaded to be looked at"), powers);
  return ok({ tools: brought.value.tools, outcomes });
}

async function tryCall(
  { id, planned: { spec: { api } } }: Instance,
  { aspect, name, payload }: Rehearsal["calls"][number],
  timeout: number,
  { broker, clock }: LifePowers,
): Promise<{ readonly ms: number } & Result<Payload>> {
  const began = clock.monotonic();
  const call = broker.probe(id, { api, aspect, name, payload, timeout });
  const outcome = await call?.outcome ?? { ok: false as const, fault: gone(api) };
  const ms = Math.round(clock.monotonic() - began);
  return outcome.ok ? { ok: true, value: outcome.payload, ms } : { ok: false, fault: outcome.fault, ms };
}

function gone(api: string): Fault {
  return fault("module_killed", `the process of '${api}' ended while it was tried`);
}
