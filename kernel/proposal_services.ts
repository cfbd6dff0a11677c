/** What modules may ask about changes: propose one, and, where they were granted that, put one into effect or take it back. */
import { type Fault, fault } from "./contract/fault.ts";
import type { Proposal } from "./contract/proposal.ts";
import { isRecord } from "./primitives/check_fields.ts";
import { clipText } from "./primitives/clip_text.ts";
import { handedOver } from "./handed_over.ts";
import { type KernelService, notGranted, refused } from "./kernel_services.ts";
import { listedProposal, type Proposals } from "./proposals/mod.ts";

/** Of a reason: a person reads it. */
const WHY_UNITS = 2_000;

export interface ProposalServicePowers {
  readonly proposals: Pick<
    Proposals,
    "propose" | "all" | "get" | "shadow" | "share" | "judged" | "adopt" | "reject" | "rollback"
  >;
  /** Undefined when another kernel leads before it ended. */
  readonly leading: <T>(job: () => Promise<T>) => Promise<T | undefined>;
}

export function proposalServices(
  { proposals, leading }: ProposalServicePowers,
): Readonly<Record<string, KernelService>> {
  return {
    propose: async (seat, _, proposed, { served }) => {
      if (!seat.grants.kernel.includes("propose")) return notGranted(seat, "kernel.propose", "kernel: [propose]");
      const by = { api: seat.api, principal: served?.caller ?? seat.api };
      const made = await leading(() => proposals.propose(proposed, by));
      if (made === undefined) return refused(handedOver("the proposal"));
      return made.ok ? { ok: true, value: { id: made.value.id } } : made;
    },
    proposals: (seat) => {
      const granted = seat.grants.kernel.includes("adopt");
      if (!granted) return Promise.resolve(notGranted(seat, "kernel.proposals", "kernel: [adopt]"));
      return Promise.resolve({ ok: true, value: proposals.all().map(listedProposal) });
    },
    shadow: async (seat, _, asked) => {
      if (!seat.grants.kernel.includes("shadow")) return notGranted(seat, "kernel.shadow", "kernel: [shadow]");
      const { id, which = "candidate", ...rehearsal } = isRecord(asked) ? asked : {};
      if (typeof id !== "string" || (which !== "candidate" && which !== "predecessor")) {
        const hint = "pass {id, which: candidate | predecessor, calls, answers, each_ms}";
        return refused(fault("invalid_argument", "kernel.shadow() was not told what to try", { hint }));
      }
      return await proposals.shadow(id, which, rehearsal);
    },
    route_share: async (seat, _, asked) => {
      const granted = seat.grants.kernel.includes("route_share");
      if (!granted) return notGranted(seat, "kernel.route_share", "kernel: [route_share]");
      const { id, ...how } = isRecord(asked) ? asked : {};
      const shared = await leading(() => proposals.share(String(id), how));
      return shared ?? refused(handedOver(`the share of ${id}`));
    },
    reject: async (seat, _, asked) => {
      if (!seat.grants.kernel.includes("adopt")) return notGranted(seat, "kernel.reject", "kernel: [adopt]");
      const { id, why } = isRecord(asked) ? asked : {};
      if (typeof id !== "string" || typeof why !== "string") {
        return refused(fault("invalid_argument", "kernel.reject() takes an id and the reason"));
      }
      const rejected = await leading(() => proposals.reject(id, `'${seat.api}'`, clipText(why, WHY_UNITS)));
      if (rejected === undefined) return refused(handedOver(`the rejection of ${id}`));
      return rejected.ok ? { ok: true, value: listedProposal(rejected.value) } : rejected;
    },
    judged: async (seat, _, asked) => {
      if (!seat.grants.kernel.includes("adopt")) return notGranted(seat, "kernel.judged", "kernel: [adopt]");
      const { id, findings } = isRecord(asked) ? asked : {};
      const judged = await leading(() => proposals.judged(String(id), findings));
      if (judged === undefined) return refused(handedOver(`what was found of ${id}`));
      return judged.ok ? { ok: true, value: listedProposal(judged.value) } : judged;
    },
    adopt: async (seat, id) => {
      if (!seat.grants.kernel.includes("adopt")) return notGranted(seat, "kernel.adopt", "kernel: [adopt]");
      const found = proposals.get(id);
      if (!found.ok) return found;
      const why = forAPerson(found.value);
      if (why !== undefined) return refused(why);
      const adopted = await leading(() => proposals.adopt(id, `'${seat.api}'`));
      if (adopted === undefined) return refused(handedOver(`the adoption of ${id}`));
      return adopted.ok ? { ok: true, value: listedProposal(adopted.value) } : adopted;
    },
    rollback: async (seat, api) => {
      if (!seat.grants.kernel.includes("rollback")) return notGranted(seat, "kernel.rollback", "kernel: [rollback]");
      const back = await leading(() => proposals.rollback(api, `'${seat.api}'`));
      if (back === undefined) return refused(handedOver(`the rollback of '${api}'`));
      return back.ok ? { ok: true, value: listedProposal(back.value) } : back;
    },
  };
}

/** What a module may not put into effect: what a model wrote, and whatever says what others may or are told. A config can lend files and tables to anybody. */
function forAPerson({ id, model, kind, after }: Proposal): Fault | undefined {
  const what = model !== undefined
    ? "was written by a model"
    : kind !== "module" || after.some(({ file }) => !file.startsWith("plugins/"))
    ? "changes more than a module's source"
    : undefined;
  if (what === undefined) return undefined;
  return fault("approval_required", `${id} ${what}: no module adopts it`, {
    hint: `the operator does, with \`adopt ${id}\``,
    retriable: false,
  });
}
