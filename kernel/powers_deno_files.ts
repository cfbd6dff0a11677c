/** Files below the folders that this process was given, by Deno. */
import { fault, FaultError } from "./contract/fault.ts";
import type { Appender, FileFacts, Files } from "./contract/powers.ts";

/** Refuses files that are larger than asked for (`too_large`) and what is no regular file: reading a pipe would wait for ever. */
export const denoFiles: Files = {
  readText: async (path, max_bytes) => {
    const bytes = await readBounded(path, max_bytes);
    if (bytes === undefined) return undefined;
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new FaultError(fault("invalid_argument", `'${path}' is not UTF-8 text`, { hint: "save it as UTF-8" }));
    }
  },
  read: readBounded,
  readPart,
  stat: (path) => unlessMissing(async () => facts(await Deno.stat(path))),
  lstat: (path) => unlessMissing(async () => facts(await Deno.lstat(path))),
  realPath: (path) => unlessMissing(() => Deno.realPath(path)),
  list: (path) =>
    unlessMissing(async () => {
      const entries = await Array.fromAsync(Deno.readDir(path), (entry) => ({ name: entry.name, kind: kindOf(entry) }));
      return entries.sort((a, b) => a.name < b.name ? -1 : 1);
    }),
  writeWhole: async (path, data) => {
    const slash = path.lastIndexOf("/");
    const temporary = `${path.slice(0, slash)}/.${path.slice(slash + 1)}.${crypto.randomUUID().slice(0, 8)}.tmp`;
    const mode = (await unlessMissing(() => Deno.stat(path)))?.mode ?? undefined;
    try {
      const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
      await Deno.writeFile(temporary, bytes, { createNew: true });
      if (mode !== undefined) await Deno.chmod(temporary, mode & 0o777);
      await Deno.rename(temporary, path);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
  },
  rename: (from, to) => Deno.rename(from, to),
  remove: async (path) => void await unlessMissing(() => Deno.remove(path)),
  makeFolder: async (path, mode) => {
    await Deno.mkdir(path, { recursive: true });
    if (mode !== undefined) await Deno.chmod(path, mode);
  },
  appender: openAppender,
  watch: (paths, changed) => {
    const stops = paths.map((path) => watchOne(path, changed));
    return () => stops.forEach((stop) => stop());
  },
};

async function readBounded(path: string, max_bytes: number): Promise<Uint8Array | undefined> {
  const found = await unlessMissing(() => Deno.stat(path));
  if (found === undefined) return undefined;
  if (!found.isFile) {
    throw new FaultError(fault("invalid_argument", `'${path}' is not a regular file`, { hint: "put a file there" }));
  }
  using file = await unlessMissing(() => Deno.open(path)) ?? null;
  if (file === null) return undefined;
  const bytes = new Uint8Array(Math.min(found.size, max_bytes) + 1);
  let total = 0;
  while (total < bytes.length) {
    const count = await file.read(bytes.subarray(total));
    if (count === null) return bytes.subarray(0, total);
    total += count;
  }
  // It grew between the look and the read, while it still may.
  if (total <= max_bytes) return await readBounded(path, max_bytes);
  const message = `'${path}' is larger than ${max_bytes} bytes`;
  throw new FaultError(fault("too_large", message, { hint: `a file here may have ${max_bytes} bytes` }));
}

async function readPart(
  path: string,
  part: { readonly first: number } | { readonly last: number },
): Promise<Uint8Array | undefined> {
  using file = await unlessMissing(() => Deno.open(path)) ?? null;
  if (file === null) return undefined;
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.min("first" in part ? part.first : part.last, size));
  if ("last" in part) await file.seek(size - bytes.length, Deno.SeekMode.Start);
  let total = 0;
  while (total < bytes.length) {
    const count = await file.read(bytes.subarray(total));
    if (count === null) break;
    total += count;
  }
  return bytes.subarray(0, total);
}

/** A name that isn't there is an answer; everything else stays an error. */
export async function unlessMissing<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

function kindOf(entry: { isFile: boolean; isDirectory: boolean; isSymlink: boolean }): FileFacts["kind"] {
  return entry.isSymlink ? "symlink" : entry.isFile ? "file" : entry.isDirectory ? "folder" : "other";
}

function facts(info: Deno.FileInfo): FileFacts {
  const { size, mtime, ino, mode, uid } = info;
  return { kind: kindOf(info), size, mtime_ms: mtime?.getTime() ?? 0, inode: ino ?? 0, mode: mode ?? 0, uid: uid ?? 0 };
}

async function openAppender(path: string): Promise<Appender> {
  const file = await Deno.open(path, { append: true, create: true });
  let size = (await file.stat()).size;
  let last: Promise<void> = Promise.resolve();
  return {
    get size() {
      return size;
    },
    write: (text) => {
      const bytes = new TextEncoder().encode(text);
      size += bytes.length;
      // An earlier write that failed must not fail the later ones.
      last = last.catch(() => {}).then(async () => {
        for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      });
      return last;
    },
    close: () => void last.catch(() => {}).then(() => file.close()),
  };
}

/** A folder that isn't there, or a system out of watches, gives no hints; whoever asked looks by himself now and then. */
function watchOne(path: string, changed: (path: string) => void): () => void {
  let watcher: Deno.FsWatcher;
  try {
    watcher = Deno.watchFs(path, { recursive: true });
  } catch {
    return () => {};
  }
  let open = true;
  void (async () => {
    for await (const event of watcher) for (const found of event.paths) if (open) changed(found);
  })().catch(() => {});
  return () => {
    if (open) watcher.close();
    open = false;
  };
}
