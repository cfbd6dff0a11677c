import { basename, join, normalize } from "../path.ts";
import { toPath } from "./same_or_inside.ts";

/** What {@linkcode walk} finds. */
export interface WalkEntry extends Deno.DirEntry {
  readonly path: string;
}

/** Which entries {@linkcode walk} yields, and how far it goes. */
export interface WalkOptions {
  /** 0 is the root alone. Default: no end. */
  readonly maxDepth?: number;
  readonly includeFiles?: boolean;
  readonly includeDirs?: boolean;
  /** Links, which are never followed: a walk does not leave its root and always ends. */
  readonly includeSymlinks?: boolean;
  /** With or without their dot; other entries are passed over. */
  readonly exts?: readonly string[];
  /** Only paths that match one of these are yielded. */
  readonly match?: readonly RegExp[];
  /** Paths that match one of these are neither yielded nor entered. */
  readonly skip?: readonly RegExp[];
}

/** Yields the root, then all below it, a folder before what is in it. Throws `Deno.errors.NotFound` for a missing root. */
export async function* walk(root: string | URL, options: WalkOptions = {}): AsyncIterableIterator<WalkEntry> {
  const path = root instanceof URL ? toPath(root) : normalize(root);
  if (isSkipped(path, options)) return;
  const { isDirectory, isFile, isSymlink } = await Deno.stat(path);
  yield* walkEntry(
    { path, name: basename(path), isDirectory, isFile, isSymlink },
    options,
    options.maxDepth ?? Infinity,
  );
}

async function* walkEntry(entry: WalkEntry, options: WalkOptions, depth: number): AsyncIterableIterator<WalkEntry> {
  if (isWanted(entry, options)) yield entry;
  if (!entry.isDirectory || depth < 1) return;
  for await (const child of Deno.readDir(entry.path)) {
    const path = join(entry.path, child.name);
    if (isSkipped(path, options)) continue;
    yield* walkEntry({ ...child, path }, options, depth - 1);
  }
}

function isSkipped(path: string, { skip = [] }: WalkOptions): boolean {
  return skip.some((pattern) => path.search(pattern) >= 0);
}

function isWanted(entry: WalkEntry, options: WalkOptions): boolean {
  const { includeFiles = true, includeDirs = true, includeSymlinks = true, exts, match } = options;
  const kind = entry.isSymlink ? includeSymlinks : entry.isDirectory ? includeDirs : includeFiles;
  return kind &&
    (exts === undefined || exts.some((ext) => entry.path.endsWith(ext.startsWith(".") ? ext : `.${ext}`))) &&
    (match === undefined || match.some((pattern) => entry.path.search(pattern) >= 0));
}
