import { fault, refuse, type Result } from "../contract/fault.ts";
import type { ApiName } from "../contract/names.ts";
import type { ModuleSpec, Plan, PlannedModule, Principal, Rejection, SourceSet } from "../contract/spec.ts";
import { type AllowedCopies, allowedFormer } from "./allowed_copy.ts";
import { applyLock } from "./apply_lock.ts";
import { findClaims, type ReadSpec } from "./find_claims.ts";
import { hashModule, type PromptText } from "./hash_module.ts";
import { lockLine } from "./lock_line.ts";
import { misplacedHttp } from "./misplaced_http.ts";
import { lineOf } from "./parse_config.ts";
import { LOCK_FILE, type LockEntry, type ParsedLock, parseLock } from "./parse_lock.ts";
import { DEFAULT_PRINCIPAL, parsePrincipals } from "./parse_principals.ts";
import { parseOnce } from "./parse_once.ts";
import { pickVersions } from "./pick_versions.ts";
import type { ConfigsRead } from "./read_configs.ts";
import { reject } from "./rejection.ts";
import { Semaphore } from "../primitives/semaphore.ts";
import { isWithdrawn } from "./withdrawn.ts";

/** Modules whose sources are read and hashed at once: hundreds would come back in one turn of the kernel, in which it serves nobody. */
const AT_ONCE = 4;

/** While nobody can say who else there is. */
const NOBODY_BUT_CONSOLE: ReadonlyMap<string, Principal> = new Map([[DEFAULT_PRINCIPAL.name, DEFAULT_PRINCIPAL]]);

/** What a plan is made of beside the configs. */
export interface PlanWorld {
  /** The text of `configs/plugins.lock`, undefined without one. */
  readonly lock: string | undefined;
  /** The text of `configs/principals.yml`, undefined without one. */
  readonly principals?: string | undefined;
  /** Who there was by the last one that could be read. */
  readonly former_principals?: ReadonlyMap<string, Principal> | undefined;
  /** Finds and reads the source of a prog (see progCandidates). Asked once for each prog. */
  readonly readSource: (prog: string) => Promise<Result<SourceSet>>;
  /** The text of a file below `prompts/`, undefined when it is missing. Asked once for each name. */
  readonly readPrompt: (name: string) => Promise<string | undefined>;
  /** What added modules were when they were allowed last; without it one that asks for more has nothing to go back to. */
  readonly allowed?: AllowedCopies;
  /** What runs now, and may not go on when the lock allows less by now. */
  readonly running?: ReadonlyMap<ApiName, Pick<PlannedModule, "spec" | "source">>;
}

/**
 * Turns config texts into the desired state. Whatever cannot run as written is in `rejected`, by file and, where it can
 * be told, by api; nothing of it is in `modules`. A lock that cannot be read vouches for nobody: then only shipped
 * modules are planned.
 */
export async function resolvePlan(configs: ConfigsRead, world: PlanWorld): Promise<Plan> {
  const { picked, rejected: unpicked } = pickVersions(configs.texts, configs.rejected);
  const parsed = picked.map((text) => ({ ...parseOnce(text), text: text.text }));
  const refused = [...unpicked, ...parsed.flatMap((one) => (one.ok ? [] : [one.rejection]))];
  const { alone, rejected: twice } = findClaims(parsed.flatMap((one) => (one.ok ? [one] : [])), refused);
  const lock = parseLock(world.lock);
  const principals = parsePrincipals(world.principals);
  const once: PlanWorld = { ...world, readSource: memo(world.readSource), readPrompt: memo(world.readPrompt) };
  const unplanned = [...new Set([...refused, ...twice].flatMap(({ api }) => api ?? []))];
  const few = new Semaphore(AT_ONCE);
  const planned = await Promise.all([
    ...alone.map((read) => few.run(() => planModule(read, lock, once))),
    ...unplanned.map((api) => few.run(() => planFormer(api, lock, once))),
  ]);
  const modules = new Map(planned.flatMap(({ module }) => module === undefined ? [] : [[module.spec.api, module]]));
  const withdrawn = !lock.ok
    ? []
    : [...world.running ?? []].flatMap(([api, running]) =>
      modules.has(api) || !isWithdrawn(running, lock.value) ? [] : [api]
    );
  return Object.freeze({
    modules,
    principals: principals.ok ? principals.value : world.former_principals ?? NOBODY_BUT_CONSOLE,
    ...(withdrawn.length > 0 && { withdrawn }),
    rejected: Object.freeze([
      ...refused,
      ...twice,
      ...(lock.ok ? [] : [lock.rejection]),
      ...(principals.ok ? [] : [principals.rejection]),
      ...planned.flatMap(({ rejection }) => rejection ?? []),
    ]),
  });
}

/** A module that may run, why its config or source may not, or both: then it is a former one that runs. */
interface PlannedOne {
  readonly module?: PlannedModule;
  readonly rejection?: Rejection;
}

async function planModule({ spec, text }: ReadSpec, lock: ParsedLock, world: PlanWorld): Promise<PlannedOne> {
  const found = await readSource(spec, world);
  // A source that is missing or refused has no place; then the line of the api speaks.
  const entry = lock.ok ? lockLine(spec, found.ok ? found.value : { origin: "local" }, lock.value) : undefined;
  if (!found.ok) {
    const rejection = Object.freeze({ file: spec.config, api: spec.api, fault: found.fault });
    return entry?.origin === "added" ? await withFormer(spec, entry, rejection, world) : { rejection };
  }
  if (!lock.ok && found.value.origin !== "shipped") {
    const message = `'${spec.api}' is not shipped, and ${LOCK_FILE} cannot be read to see what it may have`;
    const hint = `mend ${LOCK_FILE}; what ran before keeps running`;
    return { rejection: reject(spec.config, message, { api: spec.api, hint }) };
  }
  const verdict = applyLock(spec, found.value, entry);
  if (!verdict.ok) {
    const { key, message, hint, asks } = verdict;
    const line = key === undefined ? undefined : lineOf(text, key in spec ? [key] : ["grants", key]);
    const code = asks ? "approval_required" : "config_invalid";
    const rejection = reject(spec.config, message, { api: spec.api, line, hint, code });
    return entry?.origin === "added" ? await withFormer(spec, entry, rejection, world) : { rejection };
  }
  const misplaced = misplacedHttp(spec, verdict.source);
  if (misplaced !== undefined) {
    const { key, message, hint } = misplaced;
    return { rejection: reject(spec.config, message, { api: spec.api, line: lineOf(text, [key]), hint }) };
  }
  if (entry?.origin === "added") {
    const { origin: _, ...source } = verdict.source;
    await world.allowed?.keep(spec.api, { config: { file: spec.config, text }, source });
  }
  return await withPrompts(spec, text, verdict.source, world);
}

/** Its config cannot be read, or another claims it too, which is told already. */
async function planFormer(api: ApiName, lock: ParsedLock, world: PlanWorld): Promise<PlannedOne> {
  const entry = lock.ok ? lock.value.get(api) : undefined;
  if (entry?.origin !== "added") return {};
  const { module } = await withFormer({ api }, entry, undefined, world);
  return module === undefined ? {} : { module };
}

/** What is there may not run: the one that the lock allows does, if there is a copy of it. */
async function withFormer(
  { api }: Pick<ModuleSpec, "api">,
  entry: LockEntry,
  rejection: Rejection | undefined,
  world: PlanWorld,
): Promise<PlannedOne> {
  const told = rejection === undefined ? {} : { rejection };
  const copy = await world.allowed?.read(api);
  const former = copy && await allowedFormer(copy, entry);
  if (former === undefined || former.spec.api !== api) return told;
  const { module } = await withPrompts(former.spec, copy!.config.text, former.source, world);
  return module === undefined ? told : { module, ...told };
}

async function withPrompts(spec: ModuleSpec, text: string, source: SourceSet, world: PlanWorld): Promise<PlannedOne> {
  const prompts: PromptText[] = [];
  for (const [i, name] of spec.grants.prompts.entries()) {
    try {
      prompts.push([name, await world.readPrompt(name)]);
    } catch (error) {
      const line = lineOf(text, ["grants", "prompts", i]);
      const message = `grants.prompts[${i}]: prompts/${name} cannot be read: ${textOf(error)}`;
      return { rejection: reject(spec.config, message, { api: spec.api, line }) };
    }
  }
  return { module: Object.freeze({ spec, source, hash: await hashModule(spec, source, prompts) }) };
}

async function readSource({ prog }: ModuleSpec, world: PlanWorld): Promise<Result<SourceSet>> {
  try {
    return await world.readSource(prog);
  } catch (error) {
    // One source that the system will not let us read must not hold the plan of all others.
    return refuse(fault("load_failed", `source of prog '${prog}' cannot be read: ${textOf(error)}`));
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function memo<T>(read: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const answer = known.get(name) ?? read(name);
    known.set(name, answer);
    return answer;
  };
}
