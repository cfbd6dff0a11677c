/** Proposed changes of modules, configs and prompts: kept, judged, adopted, taken back. */
export { listedProposal } from "./listed_proposal.ts";
export { ProposalStore } from "./proposal_store.ts";
export { type ProposalPowers, Proposals, type Proposer } from "./proposals.ts";
