import { SOURCES } from "../contract/limits.ts";
import type { Files } from "../contract/powers.ts";
import type { Rejection } from "../contract/spec.ts";
import { type ConfigFacts, type FoundConfig, unreadable, walkConfigs } from "./walk_configs.ts";

/** A config file as it was read. */
export interface ConfigText {
  /** Relative to the home. */
  readonly file: string;
  readonly text: string;
  readonly facts: ConfigFacts;
}

/**
 * All config files of a home. What was refused by its look alone is in `rejected`, without an api: nobody has read it.
 */
export interface ConfigsRead {
  readonly texts: readonly ConfigText[];
  readonly rejected: readonly Rejection[];
}

/** What was read last time, by file. Its owner is who calls: one for each home. */
export type ConfigCache = Map<string, ConfigText>;

/** How to read. */
export interface ReadOptions {
  /** Reads every file again, for a change that left size, mtime and inode as they were. */
  readonly hash_all?: boolean;
  /** Lists files that begin with a dot too. Use a cache of its own then. */
  readonly dotted?: "pass over" | "list";
}

/**
 * Reads the configs below a home; of those whose facts are as they were, the cached text is taken. Never throws for
 * what a person may do to files.
 */
export async function readConfigs(
  files: Files,
  home: string,
  cache: ConfigCache,
  { hash_all = false, dotted = "pass over" }: ReadOptions = {},
): Promise<ConfigsRead> {
  const { found, rejected } = await walkConfigs(files, home, dotted);
  const texts: ConfigText[] = [];
  const refused = [...rejected];
  for (const one of found) {
    const known = cache.get(one.file);
    if (!hash_all && known !== undefined && hasFacts(known, one.facts)) {
      texts.push(known);
      continue;
    }
    try {
      const text = await readOne(files, one);
      if (text !== undefined) texts.push(known !== undefined && isAsRead(known, text) ? known : text);
    } catch (error) {
      refused.push(unreadable(one.file, error));
    }
  }
  cache.clear();
  for (const text of texts) cache.set(text.file, text);
  return { texts, rejected: refused };
}

async function readOne(files: Files, { file, path, facts }: FoundConfig): Promise<ConfigText | undefined> {
  const text = await files.readText(path, SOURCES.config_bytes);
  return text === undefined ? undefined : Object.freeze({ file, text, facts });
}

/** The same text again is the same thing: whoever remembers what it says need not read it again. */
function isAsRead(known: ConfigText, { text, facts }: ConfigText): boolean {
  return known.text === text && hasFacts(known, facts);
}

/** True when a file that was read is, by all that is told of it, as it was. */
export function hasFacts({ facts }: ConfigText, { size, mtime_ms, inode }: ConfigFacts): boolean {
  return facts.size === size && facts.mtime_ms === mtime_ms && facts.inode === inode;
}
