/** What is shown of a module's grants: to a person as text, to a script as JSON. */
import { type Ask, explainGrants } from "../../workbench/mod.ts";
import type { Judged } from "./look_up.ts";

export interface FileChange {
  readonly path: string;
  readonly change: "new" | "gone" | "changed";
  readonly lines: number;
}

/** `pending`: it does not run as it stands until it is allowed. */
export interface GrantsJson {
  readonly api: string;
  readonly origin: string;
  readonly config: string;
  readonly source: { readonly hash: string; readonly recorded: string | null; readonly files: readonly FileChange[] };
  readonly asks: readonly Ask[];
  readonly beyond: readonly string[];
  readonly pending: boolean;
}

export function grantsJson({ spec, source, entry, origin, beyond, recorded }: Judged): GrantsJson {
  const recorded_hash = origin === "added" ? entry?.hash ?? null : null;
  return {
    api: spec.api,
    origin: origin === "added" ? `added ${entry!.from}` : origin,
    config: spec.config,
    source: {
      hash: source.hash,
      recorded: recorded_hash,
      files: recorded === undefined || recorded_hash === source.hash ? [] : changes(recorded, source.files),
    },
    asks: explainGrants(spec.grants),
    beyond,
    pending: beyond.length > 0 || (recorded_hash !== null && recorded_hash !== source.hash),
  };
}

export function renderShow(found: GrantsJson): string {
  const asks = found.asks.length === 0
    ? ["asks for nothing"]
    : ["asks for", ...found.asks.map(({ what, why }) => `  ${what}: ${why}`)];
  return [`${found.api} (${found.origin}), by ${found.config}`, ...asks, ...renderPending(found)].join("\n");
}

export function renderDiff(found: GrantsJson): string {
  if (!found.pending) return `${found.api} asks for nothing beyond what is allowed`;
  return renderPending(found).join("\n");
}

function renderPending({ api, beyond, pending, source: { hash, recorded, files } }: GrantsJson): string[] {
  if (!pending) return [];
  const lines: string[] = [];
  if (beyond.length > 0) lines.push("beyond what is allowed", ...beyond.map((one) => `  + ${one}`));
  if (recorded !== null && recorded !== hash) {
    lines.push(`its source is another than the one recorded`, `  recorded ${recorded}`, `  found    ${hash}`);
    lines.push(...files.map(({ path, change, lines }) => `  ${change} ${path} (${lines} lines)`));
  }
  return [...lines, `allow it with: grants allow ${api} --hash ${hash.slice(0, 12)}`];
}

function changes(
  before: Judged["source"]["files"],
  now: Judged["source"]["files"],
): readonly FileChange[] {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  const kept = now.flatMap(({ path, text }): FileChange[] => {
    const former = old.get(path);
    if (former === text) return [];
    return [{ path, change: former === undefined ? "new" : "changed", lines: linesOf(text) }];
  });
  const paths = new Set(now.map(({ path }) => path));
  const gone = before.filter(({ path }) => !paths.has(path)).map(({ path, text }): FileChange => {
    return { path, change: "gone", lines: linesOf(text) };
  });
  return [...kept, ...gone];
}

function linesOf(text: string): number {
  return text.split("\n").length;
}
