import { SOURCES } from "../contract/limits.ts";
import type { FileFacts, Files } from "../contract/powers.ts";
import type { Rejection } from "../contract/spec.ts";
import { CONFIGS, deriveNames, hasConfigExtension } from "./derive_names.ts";
import { isMetaName } from "./meta_files.ts";
import { reject } from "./rejection.ts";

/** By these a file is known to be as it was: a write, a copy and a rename each change one of them. */
export type ConfigFacts = Pick<FileFacts, "size" | "mtime_ms" | "inode">;

/** A config file that was found, not yet read. */
export interface FoundConfig {
  /** Relative to the home. */
  readonly file: string;
  /** Absolute, without symlinks. */
  readonly path: string;
  readonly facts: ConfigFacts;
}

/** What lies below `configs/`. A rejection of a folder stands for everything in it. */
export interface FoundConfigs {
  readonly found: readonly FoundConfig[];
  readonly rejected: readonly Rejection[];
}

/**
 * Walks `<home>/configs/**` for `.yml` and `.yaml`, in the order of names. Passes over what begins with a dot (files
 * with a dot are listed too when asked for: `enable` looks for them) and what is no module's: principals, personas,
 * meta files. Refuses by name: a symlink that leads outside `configs/` or round in a circle, a file over its bound,
 * what cannot be looked at, and too many of them.
 */
export async function walkConfigs(
  files: Files,
  home: string,
  dotted: "pass over" | "list" = "pass over",
): Promise<FoundConfigs> {
  const walk: Walk = { files, top: `${home}/${CONFIGS}`, dotted, found: [], rejected: [], seen: 0 };
  try {
    const top = await files.lstat(walk.top);
    if (top !== undefined) await look(walk, { file: CONFIGS, name: CONFIGS, path: walk.top, kind: top.kind }, []);
  } catch (error) {
    walk.rejected.push(unreadable(CONFIGS, error));
  }
  return walk;
}

interface Walk extends FoundConfigs {
  readonly files: Files;
  readonly top: string;
  readonly dotted: "pass over" | "list";
  readonly found: FoundConfig[];
  readonly rejected: Rejection[];
  seen: number;
}

interface Entry {
  readonly file: string;
  readonly name: string;
  readonly path: string;
  readonly kind: FileFacts["kind"];
}

async function look(walk: Walk, entry: Entry, above: readonly string[]): Promise<void> {
  const { file, name, path, kind } = entry;
  try {
    const real = kind === "symlink" ? await walk.files.realPath(path) : path;
    if (kind === "symlink" && !real?.startsWith(`${walk.top}/`)) {
      const where = real === undefined ? "nowhere" : "outside configs/";
      walk.rejected.push(reject(file, `found a symlink that leads ${where}, ${SYMLINKS}`));
      return;
    }
    const facts = real === undefined ? undefined : await walk.files.stat(real);
    if (real === undefined || facts === undefined) return; // gone since it was listed
    if (facts.kind === "folder" && !name.startsWith(".")) await enter(walk, file, real, above);
    if (facts.kind === "file" && hasConfigExtension(name)) take(walk, file, real, facts);
  } catch (error) {
    walk.rejected.push(unreadable(file, error));
  }
}

async function enter(walk: Walk, folder: string, real: string, above: readonly string[]): Promise<void> {
  if (above.includes(real)) {
    walk.rejected.push(reject(folder, `found a symlink to a folder that holds it, ${SYMLINKS}`));
    return;
  }
  const entries = await walk.files.list(real) ?? [];
  for (const { name, kind } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isPassedOver(walk, folder, name) || (kind === "file" && !hasConfigExtension(name))) continue;
    if (++walk.seen > SOURCES.configs) {
      const found = `found more than ${SOURCES.configs} files and folders, allowed: ${SOURCES.configs}`;
      if (walk.seen === SOURCES.configs + 1) walk.rejected.push(reject(CONFIGS, found));
      return;
    }
    await look(walk, { file: `${folder}/${name}`, name, path: `${real}/${name}`, kind }, [...above, real]);
  }
}

function isPassedOver({ dotted }: Walk, folder: string, name: string): boolean {
  if (name.startsWith(".") && dotted === "pass over") return true;
  const bare = name.replace(/^\.+/, "");
  return folder === CONFIGS && (NOT_MODULES.includes(bare) || isMetaName(bare));
}

/** True for a name under which no module's config could lie at the top of `configs/`: that file would mean something else, or have a version. In any case of letters. */
export function isReservedName(name: string): boolean {
  const file = `${name.toLowerCase()}.yml`;
  const { path, version } = deriveNames(`${CONFIGS}/${file}`);
  return NOT_MODULES.includes(file) || NOT_MODULES.includes(path) || isMetaName(file) || version !== "";
}

const NOT_MODULES = ["principals.yml", "principals.yaml", "plugins.lock", "packages.lock", "personas"];
const SYMLINKS = "allowed: symlinks to files and folders below configs/";

function take(walk: Walk, file: string, path: string, { size, mtime_ms, inode }: FileFacts): void {
  if (size <= SOURCES.config_bytes) walk.found.push({ file, path, facts: { size, mtime_ms, inode } });
  else walk.rejected.push(reject(file, `found ${size} bytes, allowed: at most ${SOURCES.config_bytes}`));
}

/** A file or folder at which the system refused us. */
export function unreadable(file: string, error: unknown): Rejection {
  return reject(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
