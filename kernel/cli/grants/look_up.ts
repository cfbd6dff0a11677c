/** One module as the operator may judge it: what its config asks for, what its source is, what the lock records. Needs no host. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import type { ModuleSpec, SourceSet } from "../../contract/spec.ts";
import {
  beyondLock,
  LOCK_FILE,
  type LockEntry,
  NO_GRANTS,
  parseConfig,
  parseLock,
  pickVersions,
  readConfigs,
  SHIPPED_ONLY,
} from "../../config/mod.ts";
import { allowedFiles } from "../../allowed_files.ts";
import { planWorld } from "../../plan_world.ts";
import { denoFiles } from "../../powers_deno.ts";

export interface Judged {
  readonly spec: ModuleSpec;
  readonly source: SourceSet;
  /** Its line in the lock; undefined when it has none. */
  readonly entry: LockEntry | undefined;
  readonly origin: "shipped" | "local" | "added";
  /** What it asks for beyond that line, `key: what`. */
  readonly beyond: readonly string[];
  /** Its files as the lock records them; undefined when they are not known any more, or were never recorded. */
  readonly recorded: SourceSet["files"] | undefined;
}

export async function lookUp(homes: { home: string; program: string }, api: string): Promise<Result<Judged>> {
  const { home } = homes;
  const world = await planWorld(denoFiles, homes);
  const lock = parseLock(world.lock);
  if (!lock.ok) return refuse(lock.rejection.fault);
  const { texts, rejected } = await readConfigs(denoFiles, home, new Map());
  const { picked } = pickVersions(texts, rejected);
  const parsed = picked.map((text) => parseConfig(text));
  const claims = parsed.flatMap((one) => one.ok && one.spec.api === api ? [one.spec] : []);
  if (claims.length > 1) {
    const files = claims.map(({ config }) => config).join(" and ");
    return refuse(fault("conflict", `${files} both claim api '${api}'`, { hint: "remove one of them" }));
  }
  const spec = claims[0];
  if (spec === undefined) {
    const broken = parsed.find((one) => !one.ok && one.rejection.api === api);
    if (broken !== undefined && !broken.ok) return refuse(broken.rejection.fault);
    const known = parsed.flatMap((one) => one.ok ? [one.spec.api] : []).sort();
    return refuse(fault("not_found", `no config claims api '${api}'`, {
      hint: known.length === 0 ? "this home has no modules" : `there are ${known.join(", ")}`,
    }));
  }
  const source = await world.readSource(spec.prog);
  if (!source.ok) return source;
  const entry = lock.value.get(spec.api);
  const origin = entry?.origin === "added" ? "added" : source.value.origin;
  const copy = origin === "added"
    ? await allowedFiles(denoFiles, `${home}/runtime/image/allowed`).read(api)
    : undefined;
  return ok({
    ...{ spec, source: source.value, entry, origin },
    beyond: beyondOf(spec, origin, entry),
    recorded: copy?.source.hash === entry?.hash ? copy?.source.files : undefined,
  });
}

function beyondOf(spec: ModuleSpec, origin: Judged["origin"], entry: LockEntry | undefined): readonly string[] {
  if (origin === "shipped") return [];
  const none: LockEntry = { origin, from: "", hash: "", grants: NO_GRANTS, limits: {}, cell: "own", approve: "ask" };
  if (origin === "added") return beyondLock(spec, entry ?? none);
  // A local module gets all but these unasked.
  const asked = { ...NO_GRANTS, ...Object.fromEntries(SHIPPED_ONLY.map((key) => [key, spec.grants[key]])) };
  const harmless = {
    ...spec,
    grants: asked,
    limits: none.limits as ModuleSpec["limits"],
    cell: "own",
    approve: "ask" as const,
  };
  return beyondLock(harmless, entry ?? none);
}

export { LOCK_FILE };
