import type { Plan, Rejection, SourceSet } from "../../kernel/contract/spec.ts";
import { ok, type Result } from "../../kernel/contract/fault.ts";
import { type PlanWorld, resolvePlan } from "../../kernel/config/resolve_plan.ts";

/** A source as the loader would hand it on. */
export function sourceOf(prog: string, more: Partial<SourceSet> = {}): SourceSet {
  const entry = `${prog.slice(prog.lastIndexOf("/") + 1)}.ts`;
  const files = [{ path: entry, text: "export class Module {}" }];
  return { origin: "local", path: `/home/plugins/${prog}.ts`, entry, files, hash: "a".repeat(64), ...more };
}

/** Config texts by file name below `configs/`. */
export function textsOf(configs: Readonly<Record<string, string>>) {
  return Object.entries(configs).map(([name, text]) => ({
    file: `configs/${name}`,
    text,
    facts: { size: text.length, mtime_ms: 0, inode: 0 },
  }));
}

/** The plan of these configs, with sources that are all there unless `world` says otherwise. */
export function planOf(
  configs: Readonly<Record<string, string>>,
  world: Partial<PlanWorld> = {},
  rejected: readonly Rejection[] = [],
): Promise<Plan> {
  return resolvePlan({ texts: textsOf(configs), rejected }, {
    lock: undefined,
    readSource: (prog): Promise<Result<SourceSet>> => Promise.resolve(ok(sourceOf(prog))),
    readPrompt: () => Promise.resolve(undefined),
    ...world,
  });
}
