/** What modules may ask about changes: propose one, and, where they were granted that, put one into effect or take it back. */
import { type Fault, fault } from "./contract/fault.ts";
import { handedOver } from "./handed_over.ts";
import { type KernelService, notGranted, refused } from "./kernel_services.ts";
import { listedProposal, type Proposals } from "./proposals/mod.ts";

export interface ProposalServicePowers {
  readonly proposals: Pick<Proposals, "propose" | "all" | "get" | "adopt" | "rollback">;
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
    adopt: async (seat, id) => {
      if (!seat.grants.kernel.includes("adopt")) return notGranted(seat, "kernel.adopt", "kernel: [adopt]");
      const found = proposals.get(id);
      if (!found.ok) return found;
      if (found.value.model !== undefined) return refused(forAPerson(id));
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

/** What a model wrote is put into effect by a person. */
function forAPerson(id: string): Fault {
  return fault("approval_required", `${id} was written by a model: no module adopts it`, {
    hint: `the operator does, with \`adopt ${id}\``,
    retriable: false,
  });
}
