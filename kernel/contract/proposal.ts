/** A change that somebody wants: kept with what it would replace, judged, adopted or not, and taken back when it was no good. */
import type { ApiName } from "./names.ts";

/** A file of the home, or what it shall be; undefined: it is not there, or shall go. */
export interface FileText {
  /** Relative to the home: `plugins/notes.ts`, `configs/notes.yml`, `prompts/meta.txt`. */
  readonly file: string;
  readonly text: string | undefined;
}

/** `new`: no config claims the api yet. */
export type ProposalKind = "module" | "config" | "prompt" | "new";

export type ProposalState = "open" | "adopted" | "rejected" | "rolled_back";

/** What its judges found, each in a sentence. */
export interface Finding {
  /** What was looked at: `grants`, `load`, `contract`, … */
  readonly check: string;
  readonly passed: boolean;
  readonly said: string;
}

/** A call that a proposer says its candidate passes. Plain data of JSON. */
export interface ProposedTest {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly aspect: string;
  readonly expect: unknown;
}

export interface Proposal {
  readonly id: string;
  readonly api: ApiName;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  /** The module that handed it over, and on whose behalf. */
  readonly by: string;
  readonly principal: string;
  /** ISO 8601. */
  readonly created: string;
  /** When its state became what it is. */
  readonly changed: string;
  readonly objective: string;
  /** Which model wrote it, where one did. */
  readonly model?: string;
  /** The proposer's own tests: they show what it means, and prove nothing by themselves. */
  readonly tests?: readonly ProposedTest[];
  /** As it shall be. */
  readonly after: readonly FileText[];
  /** As it was when it was handed over: what a rollback writes. */
  readonly before: readonly FileText[];
  readonly findings: readonly Finding[];
}

/** A proposal in a list: all but its texts. */
export type ListedProposal = Omit<Proposal, "before" | "after"> & { readonly files: readonly string[] };

/** Bounds of what may be proposed; each with the harm it prevents. */
export const PROPOSALS = Object.freeze({
  /** All texts of one: it comes in one message, and is kept for good. */
  total_bytes: 57_344,
  files: 64,
  /** The proposer's own tests: each is a call of the candidate. */
  tests: 32,
  /** Of an objective: it is read by a person. */
  objective_units: 2_000,
  /** Open ones of one module: more than a person looks at. */
  open_by_one: 16,
  /** Kept ones; beyond them the oldest that is not open goes. */
  kept: 1_000,
});
