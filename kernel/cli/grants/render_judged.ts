/** What is shown of a module's grants: to a person as text, to a script as JSON. */
import { beyondLock, type LockEntry, NOTHING_ALLOWED } from "../../config/mod.ts";
import { DEFAULT_LIMITS } from "../../contract/limits.ts";
import { safeLine } from "../safe_text.ts";
import { type Asked, explainAsks } from "./explain_asks.ts";
import { changedFiles, type FileChange } from "./changed_files.ts";
import type { Judged } from "./look_up.ts";

/** `pending`: it does not run as it stands until it is allowed. */
export interface GrantsJson {
  readonly api: string;
  readonly origin: string;
  readonly config: string;
  readonly prog: string;
  readonly source: { readonly hash: string; readonly recorded: string | null; readonly files: readonly FileChange[] };
  readonly asks: readonly Asked[];
  /** What its line in the lock allows, `key: what`; null for who needs none. */
  readonly allowed: readonly string[] | null;
  /** What the version that runs has; null when none runs. */
  readonly granted: readonly string[] | null;
  readonly beyond: readonly string[];
  /** What it asks for and nobody can allow. */
  readonly impossible: string | null;
  readonly pending: boolean;
  readonly allow_hash: string;
}

export function grantsJson(judged: Judged): GrantsJson {
  const { spec, source, entry, origin, beyond, recorded, former, impossible, allow_hash } = judged;
  const recorded_hash = origin === "added" ? entry?.hash || null : null;
  const pending = beyond.length > 0 || impossible !== undefined ||
    (origin === "added" && recorded_hash !== source.hash);
  const runs = pending ? former : spec;
  return {
    api: spec.api,
    origin: origin === "added" ? `added ${entry!.from}` : origin,
    config: spec.config,
    prog: spec.prog,
    source: {
      hash: source.hash,
      recorded: recorded_hash,
      files: recorded === undefined || recorded_hash === source.hash ? [] : changedFiles(recorded, source.files),
    },
    asks: explainAsks(spec),
    allowed: origin === "shipped" ? null : entry === undefined ? [] : tellLine(entry),
    granted: runs === undefined ? null : beyondLock(runs, NOTHING_ALLOWED),
    beyond,
    impossible: impossible ?? null,
    pending,
    allow_hash,
  };
}

/** A line of the lock is told like a config that asks for just that. */
function tellLine({ grants, limits, restart, cell, approve }: LockEntry): readonly string[] {
  const asking = { grants, limits: { ...DEFAULT_LIMITS, ...limits }, restart, cell, approve };
  return beyondLock(asking as Judged["spec"], NOTHING_ALLOWED);
}

export function renderShow(found: GrantsJson): string {
  const { api, origin, config, asks, allowed, granted } = found;
  const asked = asks.length === 0
    ? ["asks for nothing"]
    : ["asks for", ...asks.map(({ what, why }) => `  ${what}: ${why}`)];
  const own = origin === "local" ? "builtins, folders and listen " : "";
  const line = allowed === null ? [] : list(`you allowed ${own}`, allowed);
  const has = found.pending && granted !== null ? list("the version that runs has ", granted) : [];
  return [`${api} (${origin}), by ${config}`, ...asked, ...line, ...has, ...renderPending(found)].join("\n");
}

export function renderDiff(found: GrantsJson): string {
  if (!found.pending) return `${found.api} asks for nothing beyond what is allowed`;
  return renderPending(found).join("\n");
}

function list(head: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [`${head}nothing`] : [head.trimEnd(), ...entries.map((one) => `  ${one}`)];
}

function renderPending(found: GrantsJson): string[] {
  const { api, prog, beyond, impossible, pending, allow_hash, source: { hash, recorded, files } } = found;
  if (!pending) return [];
  const lines: string[] = [];
  if (beyond.length > 0) lines.push("beyond what is allowed", ...beyond.map((one) => `  + ${one}`));
  if (found.origin.startsWith("added ") && recorded !== hash) {
    const which = prog === api ? "its source" : `its source, that of prog '${prog}',`;
    if (recorded === null) lines.push(`${which} was never allowed`, `  found    ${hash}`);
    else lines.push(`${which} is another than the one recorded`, `  recorded ${recorded}`, `  found    ${hash}`);
    lines.push(...files.map(({ path, change, lines }) => `  ${change} ${safeLine(path)} (${lines} lines)`));
  }
  if (impossible !== null) {
    return [
      ...lines,
      `nobody can allow ${impossible}: the host takes what it runs from there; remove it from ${found.config}`,
    ];
  }
  return [...lines, `allow it with: grants allow ${api} --hash ${allow_hash.slice(0, 12)}`];
}
