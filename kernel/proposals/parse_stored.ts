/** A proposal as it lies on disk: the kernel's own words, which a person may have edited. */
import { isApiName } from "../contract/names.ts";
import type { FileText, Finding, Proposal, ProposalKind, ProposalState } from "../contract/proposal.ts";
import { isRecord } from "../primitives/check_fields.ts";

const KINDS: readonly unknown[] = ["module", "config", "prompt", "new"] satisfies ProposalKind[];
const STATES: readonly unknown[] = ["open", "adopted", "rejected", "rolled_back"] satisfies ProposalState[];
/** What a proposal may write: nothing else, whatever the file says. */
const FILE = /^(?!.*\/\.)(?:plugins|configs|prompts)\/[^\0]{1,400}$/;

export function parseStored(id: string, value: unknown): Proposal | undefined {
  if (!isRecord(value)) return undefined;
  const { api, kind, state, by, principal, created, changed, objective, model, after, before, findings } = value;
  const texts = [by, principal, created, changed, objective];
  if (!isApiName(api) || !KINDS.includes(kind) || !STATES.includes(state)) return undefined;
  if (texts.some((text) => typeof text !== "string") || !(model === undefined || typeof model === "string")) {
    return undefined;
  }
  if (!areFiles(after) || !areFiles(before) || !areFindings(findings)) return undefined;
  return { ...value, id } as unknown as Proposal;
}

function areFiles(value: unknown): value is readonly FileText[] {
  return Array.isArray(value) &&
    value.every((one) =>
      isRecord(one) && typeof one["file"] === "string" && FILE.test(one["file"]) &&
      (one["text"] === undefined || typeof one["text"] === "string")
    );
}

function areFindings(value: unknown): value is readonly Finding[] {
  return Array.isArray(value) &&
    value.every((one) =>
      isRecord(one) && typeof one["check"] === "string" && typeof one["passed"] === "boolean" &&
      typeof one["said"] === "string"
    );
}
