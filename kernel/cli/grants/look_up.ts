/** One module as the operator may judge it: what its config asks for, what its source is, what the lock records. Needs no host. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import type { ModuleSpec, SourceSet } from "../../contract/spec.ts";
import {
  allowedFormer,
  beyondLock,
  canonicalText,
  DEFAULT_RESTART,
  type LockEntry,
  lockLine,
  neverWritten,
  NO_GRANTS,
  NOTHING_ALLOWED,
  parseConfig,
  parseLock,
  pickVersions,
  readConfigs,
  SHIPPED_ONLY,
} from "../../config/mod.ts";
import { allowedFiles } from "../../allowed_files.ts";
import { planWorld } from "../../plan_world.ts";
import { denoFiles } from "../../powers_deno.ts";
import { sha256Hex } from "../../primitives/sha256.ts";

export interface Judged {
  readonly spec: ModuleSpec;
  readonly source: SourceSet;
  /** The line of the lock that speaks of it; undefined when none does. */
  readonly entry: LockEntry | undefined;
  readonly origin: "shipped" | "local" | "added";
  /** What it asks for beyond that line, `key: what`. */
  readonly beyond: readonly string[];
  /** What it asks for and nobody can allow. */
  readonly impossible: string | undefined;
  /** Its files as the lock records them; undefined when they are not known any more, or were never recorded. */
  readonly recorded: SourceSet["files"] | undefined;
  /** The config of the version that runs while this one waits; undefined when none can. */
  readonly former: ModuleSpec | undefined;
  /** SHA-256 in hex over source and config as they stand: what `grants allow --hash` is held against. */
  readonly allow_hash: string;
}

export async function lookUp(homes: { home: string; program: string }, api: string): Promise<Result<Judged>> {
  const { home } = homes;
  const world = await planWorld(denoFiles, homes);
  const lock = parseLock(world.lock);
  if (!lock.ok) return refuse(lock.rejection.fault);
  const claimed = await findConfig(home, api);
  if (!claimed.ok) return claimed;
  const spec = claimed.value;
  const source = await world.readSource(spec.prog);
  if (!source.ok) return source;
  const entry = lockLine(spec, source.value, lock.value);
  const origin = entry?.origin === "added" ? "added" : source.value.origin;
  const copy = origin === "added"
    ? await allowedFiles(denoFiles, `${home}/runtime/image/allowed`).read(api)
    : undefined;
  const former = copy && await allowedFormer(copy, entry!);
  const folder = origin === "shipped" ? undefined : neverWritten(spec.grants.folders);
  return ok({
    ...{ spec, source: source.value, entry, origin },
    beyond: beyondOf(spec, origin, entry),
    impossible: folder && `folders: ${folder.path} (rw)`,
    recorded: former?.source.files,
    former: former?.spec,
    allow_hash: await allowHash(spec, source.value),
  });
}

async function findConfig(home: string, api: string): Promise<Result<ModuleSpec>> {
  const { texts, rejected } = await readConfigs(denoFiles, home, new Map());
  const { picked } = pickVersions(texts, rejected);
  const parsed = picked.map((text) => parseConfig(text));
  const claims = parsed.flatMap((one) => one.ok && one.spec.api === api ? [one.spec] : []);
  if (claims.length > 1) {
    const files = claims.map(({ config }) => config).join(" and ");
    return refuse(fault("conflict", `${files} both claim api '${api}'`, { hint: "remove one of them" }));
  }
  if (claims[0] !== undefined) return ok(claims[0]);
  const broken = parsed.find((one) => !one.ok && one.rejection.api === api);
  if (broken !== undefined && !broken.ok) return refuse(broken.rejection.fault);
  const known = parsed.flatMap((one) => one.ok ? [one.spec.api] : []).sort();
  return refuse(fault("not_found", `no config claims api '${api}'`, {
    hint: known.length === 0 ? "this home has no modules" : `there are ${known.join(", ")}`,
  }));
}

/** Whatever of it changes after somebody has looked, he has not seen. */
async function allowHash({ config: _config, version: _version, ...behaviour }: ModuleSpec, source: SourceSet) {
  return await sha256Hex(canonicalText({ behaviour, source: source.hash }));
}

function beyondOf(spec: ModuleSpec, origin: Judged["origin"], entry: LockEntry | undefined): readonly string[] {
  if (origin === "shipped") return [];
  if (origin === "added") return beyondLock(spec, entry ?? NOTHING_ALLOWED);
  // A local module gets all but these unasked.
  const asked = { ...NO_GRANTS, ...Object.fromEntries(SHIPPED_ONLY.map((key) => [key, spec.grants[key]])) };
  const harmless: ModuleSpec = {
    ...spec,
    grants: asked,
    limits: NOTHING_ALLOWED.limits as ModuleSpec["limits"],
    restart: DEFAULT_RESTART,
    cell: "own",
    approve: "ask",
  };
  return beyondLock(harmless, entry ?? NOTHING_ALLOWED);
}
