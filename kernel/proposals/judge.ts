/** What the kernel itself asks of a proposal before anybody may adopt it: it is still about what stands there, asks for no more, loads, and keeps its contract. */
import { ok, type Result } from "../contract/fault.ts";
import type { FileText, Finding, Proposal } from "../contract/proposal.ts";
import type { ModuleSpec, PlannedModule, SourceSet } from "../contract/spec.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { ShareFigures } from "../broker/mod.ts";
import type { Rehearsal, Rehearsed, Sharing } from "../lifecycle/mod.ts";
import { hashModule, type PromptText } from "../config/mod.ts";
import { sourceHash } from "../primitives/source_hash.ts";
import { grantsFinding, readProposedConfig } from "./asks_more.ts";
import { contractFinding } from "./contract_finding.ts";

export interface JudgePowers {
  /** A file of the home as it stands. */
  readonly read: (file: string) => Promise<string | undefined>;
  /** The module by the plan of now, the tools that it has, and other apis that run the same source. */
  readonly present: (
    api: string,
  ) =>
    | { readonly planned: PlannedModule; readonly others: readonly string[]; readonly tools: readonly ToolSpec[] }
    | undefined;
  /** Loads it where nobody calls it and it reaches nobody, and tries it there. */
  readonly rehearse: (planned: PlannedModule, rehearsal?: Rehearsal) => Promise<Result<Rehearsed>>;
  /** Gives it a part of the real calls, for a while. */
  readonly share: (planned: PlannedModule, sharing: Sharing) => Promise<Result<ShareFigures>>;
  readonly home: string;
}

/** In this order; after one that failed nothing more is looked at. */
export async function judge(proposal: Proposal, powers: JudgePowers): Promise<readonly Finding[]> {
  const fresh = await freshFinding(proposal, powers);
  if (!fresh.passed) return [fresh];
  const present = powers.present(proposal.api);
  const spec = await specOf(proposal, present?.planned, powers);
  if (!spec.ok) return [fresh, { check: "config", passed: false, said: spec.fault.message }];
  const shared = sharedFinding(proposal, present?.others ?? []);
  if (shared !== undefined) return [fresh, shared];
  const grants = grantsFinding(spec.value, present?.planned.spec);
  if (!grants.passed) return [fresh, grants];
  const loaded = await powers.rehearse(await candidate(proposal, spec.value, present?.planned, powers));
  if (!loaded.ok) return [fresh, grants, { check: "load", passed: false, said: loaded.fault.message }];
  const load = { check: "load", passed: true, said: "it loads" };
  return [fresh, grants, load, contractFinding(present?.tools ?? [], loaded.value.tools)];
}

/** It would run with what those were granted, and is judged by what this one does. */
function sharedFinding({ api, after }: Proposal, others: readonly string[]): Finding | undefined {
  if (others.length === 0 || !after.some(({ file }) => file.startsWith("plugins/"))) return undefined;
  const said = `the source of '${api}' is that of ${others.join(", ")} too: give it one of its own first`;
  return { check: "shared", passed: false, said };
}

async function freshFinding({ before }: Proposal, { read }: JudgePowers): Promise<Finding> {
  for (const { file, text } of before) {
    const now = await read(file);
    if (now === text) continue;
    const said = now === undefined
      ? `${file} is gone`
      : text === undefined
      ? `${file} is there by now`
      : `${file} has changed`;
    return { check: "fresh", passed: false, said: `${said} since this was proposed` };
  }
  return { check: "fresh", passed: true, said: "what it would replace stands as it did" };
}

async function specOf(
  { api, kind, after }: Proposal,
  present: PlannedModule | undefined,
  { read }: JudgePowers,
): Promise<Result<ModuleSpec>> {
  const config = after.find(({ file }) => file.startsWith("configs/"));
  if (config === undefined && present !== undefined) return ok(present.spec);
  const file = config?.file ?? `configs/${api}.yml`;
  const text = config?.text ?? await read(file) ?? "";
  return readProposedConfig(api, file, text, kind === "new" ? undefined : present?.spec.prog);
}

/** The module as it would run; why it would not, where its config says so. */
export async function candidateOf(proposal: Proposal, powers: JudgePowers): Promise<Result<PlannedModule>> {
  const present = powers.present(proposal.api)?.planned;
  const spec = await specOf(proposal, present, powers);
  return spec.ok ? ok(await candidate(proposal, spec.value, present, powers)) : spec;
}

async function candidate(
  { api, after }: Proposal,
  spec: ModuleSpec,
  present: PlannedModule | undefined,
  powers: JudgePowers,
): Promise<PlannedModule> {
  const source = await sourceOf(api, after, present, powers.home);
  const prompts: PromptText[] = [];
  for (const name of spec.grants.prompts) {
    const file = `prompts/${name}`;
    const changed = after.find((one) => one.file === file);
    prompts.push([name, changed === undefined ? await powers.read(file) : changed.text]);
  }
  return Object.freeze({ spec, source, hash: await hashModule(spec, source, prompts) });
}

async function sourceOf(
  api: string,
  after: readonly FileText[],
  present: PlannedModule | undefined,
  home: string,
): Promise<SourceSet> {
  const written = after.flatMap(({ file, text }) =>
    text !== undefined && file.startsWith("plugins/") ? [{ file, text }] : []
  );
  if (written.length === 0) return present!.source;
  const single = written.length === 1 && !/\/mod\.ts$/.test(written[0]!.file);
  const folder = single ? "" : commonFolder(present, api);
  const files = written
    .map(({ file, text }) => ({
      path: single ? file.slice(file.lastIndexOf("/") + 1) : file.slice(folder.length),
      text,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const entry = single ? files[0]!.path : "mod.ts";
  const path = `${home}/${single ? written[0]!.file : folder.slice(0, -1)}`;
  return Object.freeze({ origin: "local", path, entry, files, hash: await sourceHash({ entry, files }) });
}

function commonFolder(present: PlannedModule | undefined, api: string): string {
  return `plugins/${present?.spec.prog ?? api}/`;
}
