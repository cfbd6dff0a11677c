/** The operator's verbs about changes that modules want. */
import { ok, type Result } from "./contract/fault.ts";
import type { ControlHandlers } from "./control/mod.ts";
import { listedProposal, type Proposals } from "./proposals/mod.ts";

export interface ProposalVerbPowers {
  readonly proposals: Proposals;
  /** Changes are made by the kernel that leads. */
  readonly leading: <T>(what: string, change: () => Promise<Result<T>>) => Promise<Result<T>>;
}

type Verb = "proposals" | "proposals show" | "adopt" | "reject" | "rollback";

const OPERATOR = "the operator";

export function proposalVerbs({ proposals, leading }: ProposalVerbPowers): Pick<ControlHandlers, Verb> {
  return {
    proposals: () => Promise.resolve(ok(proposals.all().map(listedProposal))),
    "proposals show": ({ id }) => Promise.resolve(proposals.get(id)),
    adopt: ({ id }) => leading(`'adopt ${id}'`, () => proposals.adopt(id, OPERATOR)),
    reject: ({ id }) =>
      leading(`'reject ${id}'`, () => proposals.reject(id, OPERATOR, "the operator does not want it")),
    rollback: ({ api }) => leading(`'rollback ${api}'`, () => proposals.rollback(api, OPERATOR)),
  };
}
