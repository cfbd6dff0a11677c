/** A proposal under real calls: a part of those that may be made twice or not at all, for a while, beside what it would replace. */
import { fault, refuse, type Result } from "../contract/fault.ts";
import type { Proposal } from "../contract/proposal.ts";
import type { ShareFigures } from "../broker/mod.ts";
import { isRecord } from "../primitives/check_fields.ts";
import { candidateOf, type JudgePowers } from "./judge.ts";

/** A judge's own call has thirty seconds, in which the candidate has to load and to drain too. */
const MOST_MS = 20_000;

export async function shareProposal(
  proposal: Proposal,
  asked: unknown,
  powers: JudgePowers,
): Promise<Result<ShareFigures>> {
  const { percent, ms } = isRecord(asked) ? asked : {};
  const fits = typeof percent === "number" && percent > 0 && percent <= 100 && typeof ms === "number" && ms > 0 &&
    ms <= MOST_MS;
  if (!fits) {
    const hint = `pass {id, percent: above 0 and at most 100, ms: at most ${MOST_MS}}`;
    return refuse(fault("invalid_argument", "kernel.route_share() was not told how much, and how long", { hint }));
  }
  const present = powers.present(proposal.api);
  const entries = (present?.tools ?? []).filter(({ readOnly, idempotent }) => readOnly || idempotent).map(({ entry }) =>
    entry
  );
  if (entries.length === 0) {
    const text =
      `'${proposal.api}' has no tool that is marked readOnly or idempotent: none of its calls may be shared out`;
    return refuse(fault("denied", text, { retriable: false }));
  }
  const planned = await candidateOf(proposal, powers);
  return planned.ok ? await powers.share(planned.value, { part: percent / 100, entries, ms }) : planned;
}
