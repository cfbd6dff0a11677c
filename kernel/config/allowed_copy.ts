/**
 * A module that came from outside, as it was last when the lock allowed it: config and source. While a newer one waits for the operator, this one runs, also
 * after a restart of the host. A copy counts only if it is what the lock records.
 */
import type { ModuleSpec, SourceSet } from "../contract/spec.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import { beyondLock } from "./beyond_lock.ts";
import { neverWritten } from "./never_written.ts";
import { parseConfig } from "./parse_config.ts";
import type { LockEntry } from "./parse_lock.ts";

/** Plain data, as it lies on disk. */
export interface AllowedCopy {
  readonly config: { readonly file: string; readonly text: string };
  readonly source: Omit<SourceSet, "origin">;
}

/** Where copies are kept. */
export interface AllowedCopies {
  read(api: string): Promise<AllowedCopy | undefined>;
  /** Never throws: without a copy the former version is missed after the next restart, and no more. */
  keep(api: string, copy: AllowedCopy): Promise<void>;
}

/** As it may run; undefined when the copy is torn, of another source than the lock records, or asks for more than that allows. */
export async function allowedFormer(
  { config, source }: AllowedCopy,
  entry: LockEntry,
): Promise<{ readonly spec: ModuleSpec; readonly source: SourceSet } | undefined> {
  const hash = await sourceHash(source);
  if (hash !== entry.hash) return undefined;
  const parsed = parseConfig(config);
  if (!parsed.ok || beyondLock(parsed.spec, entry).length > 0) return undefined;
  if (neverWritten(parsed.spec.grants.folders) !== undefined) return undefined;
  return { spec: parsed.spec, source: Object.freeze({ ...source, hash, origin: "added" }) };
}

/** As loader/read_sources.ts makes it: over the names and texts of the files, not over where they lie. */
export async function sourceHash({ entry, files }: Pick<SourceSet, "entry" | "files">): Promise<string> {
  return await sha256Hex(JSON.stringify([entry, files.map((file) => [file.path, file.text])]));
}
