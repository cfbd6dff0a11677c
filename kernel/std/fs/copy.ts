import { join } from "../path.ts";
import { ensureDir } from "./ensure_dir.ts";
import { isSameOrInside, toPath } from "./same_or_inside.ts";

/** What a caller may set for {@linkcode copy}. */
export interface CopyOptions {
  /** Whether files at the destination are replaced; folders are merged. Default false. */
  readonly overwrite?: boolean;
  /** Whether the copies get the access and modification times of the originals. Default false. */
  readonly preserveTimestamps?: boolean;
}

/**
 * Copies a file, a link (as a link) or a folder with all in it.
 * Throws `Deno.errors.AlreadyExists` where the destination is taken, `Error` for a copy onto or into itself and for a folder onto a file.
 */
export async function copy(from: string | URL, to: string | URL, options: CopyOptions = {}): Promise<void> {
  const [source, target] = [toPath(from), toPath(to)];
  if (source === target) throw new Error(`Cannot copy '${source}': source and destination are the same`);
  const kind = await Deno.lstat(source);
  if (kind.isDirectory && isSameOrInside(source, target)) {
    throw new Error(`Cannot copy '${source}' to a subdirectory of itself, '${target}'`);
  }
  await copyEntry(source, target, kind, options);
}

type Kind = Pick<Deno.FileInfo, "isFile" | "isDirectory" | "isSymlink">;

async function copyEntry(source: string, target: string, kind: Kind, options: CopyOptions): Promise<void> {
  await checkTarget(source, target, kind, options);
  if (kind.isSymlink) {
    await Deno.symlink(await Deno.readLink(source), target);
    return; // Deno.utime follows links: it would touch what the link points to
  }
  if (kind.isDirectory) {
    await ensureDir(target);
    for await (const entry of Deno.readDir(source)) {
      await copyEntry(join(source, entry.name), join(target, entry.name), entry, options);
    }
  } else if (kind.isFile) {
    await Deno.copyFile(source, target);
  }
  if (options.preserveTimestamps) await copyTimes(source, target);
}

async function checkTarget(source: string, target: string, kind: Kind, { overwrite }: CopyOptions): Promise<void> {
  const there = await Deno.lstat(target).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (there === undefined) return;
  if (kind.isDirectory && !there.isDirectory) {
    throw new Error(`Cannot overwrite non-directory '${target}' with directory '${source}'`);
  }
  if (!overwrite) throw new Deno.errors.AlreadyExists(`Cannot copy '${source}': '${target}' exists`);
}

async function copyTimes(source: string, target: string): Promise<void> {
  const { atime, mtime } = await Deno.stat(source);
  if (atime && mtime) await Deno.utime(target, atime, mtime);
}
