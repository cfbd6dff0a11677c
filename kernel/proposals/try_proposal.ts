/** A proposal in a rehearsal: what the candidate does with the calls of its judge, or what its predecessor does with them. */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { Proposal } from "../contract/proposal.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { Rehearsed } from "../lifecycle/mod.ts";
import { decodeValue } from "../primitives/value_codec.ts";
import { candidateOf, type JudgePowers } from "./judge.ts";
import { parseRehearsal } from "./parse_rehearsal.ts";

export type Which = "candidate" | "predecessor";

/** What came of it, an outcome for each call. */
export interface Tried {
  readonly tools: readonly string[];
  readonly outcomes: readonly {
    readonly ok: boolean;
    readonly value?: unknown;
    readonly fault?: Fault;
    readonly ms: number;
  }[];
}

/** Refuses what is no rehearsal, and what does not load. */
export async function tryProposal(
  proposal: Proposal,
  which: Which,
  asked: unknown,
  powers: JudgePowers,
): Promise<Result<Tried>> {
  const rehearsal = parseRehearsal(asked);
  if (!rehearsal.ok) return rehearsal;
  const planned = which === "candidate" ? await candidateOf(proposal, powers) : predecessor(proposal, powers);
  if (!planned.ok) return planned;
  const tried = await powers.rehearse(planned.value, rehearsal.value);
  if (!tried.ok) return tried;
  const { tools, outcomes } = tried.value;
  return ok({ tools: tools.map(({ entry }) => entry), outcomes: outcomes.map(triedOutcome) });
}

function predecessor({ api }: Proposal, { present }: JudgePowers): Result<PlannedModule> {
  const found = present(api);
  if (found !== undefined) return ok(found.planned);
  return refuse(fault("not_found", `'${api}' is new: it has no predecessor`, { retriable: false }));
}

function triedOutcome(outcome: Rehearsed["outcomes"][number]): Tried["outcomes"][number] {
  const { ms } = outcome;
  if (!outcome.ok) return { ok: false, fault: outcome.fault, ms };
  const value = decodeValue(outcome.value);
  return value.ok ? { ok: true, value: value.value, ms } : { ok: false, fault: value.fault, ms };
}
