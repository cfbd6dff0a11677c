import type { ListedProposal, Proposal } from "../contract/proposal.ts";

export function listedProposal({ before: _, after, ...rest }: Proposal): ListedProposal {
  return { ...rest, files: after.map(({ file }) => file) };
}
