/** One file, byte by byte, and the sum of what was written. */
import { createHash } from "node:crypto";

export interface CopiedFile {
  readonly size: number;
  readonly sha256: string;
}

export interface CopyOptions {
  readonly mode: number;
  readonly signal: AbortSignal;
  readonly progress: (bytes: number) => void;
  /** It only grows at its end, as logs do: its length at the beginning is what is copied. */
  readonly grows: boolean;
}

const CHUNK_BYTES = 262_144;
/** A file that changes under our hands is read again so many times; the last copy is kept then. */
const TRIES = 3;

/** Throws what the system throws, and the signal's reason. */
export async function copyFile(from: string, to: string, options: CopyOptions): Promise<CopiedFile> {
  for (let tries = 1;; tries++) {
    using source = await Deno.open(from);
    const before = await source.stat();
    const copied = await copyOnce(source, to, options.grows ? before.size : Infinity, options);
    const after = await source.stat();
    const same = before.size === after.size && before.mtime?.getTime() === after.mtime?.getTime();
    if (same || options.grows || tries === TRIES) {
      if (before.mtime !== null) await Deno.utime(to, before.mtime, before.mtime);
      return copied;
    }
  }
}

/** The sum of a file that nobody writes to. */
export async function sumFile(path: string): Promise<CopiedFile> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of chunks(file, Infinity)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}

async function copyOnce(
  source: Deno.FsFile,
  to: string,
  most: number,
  { mode, signal, progress }: CopyOptions,
): Promise<CopiedFile> {
  using target = await Deno.open(to, { write: true, create: true, truncate: true, mode: 0o600 });
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of chunks(source, most)) {
    signal.throwIfAborted();
    hash.update(chunk);
    for (let at = 0; at < chunk.length;) at += await target.write(chunk.subarray(at));
    size += chunk.length;
    progress(chunk.length);
  }
  await target.sync();
  await Deno.chmod(to, mode); // not at its opening, where the umask has a say
  return { size, sha256: hash.digest("hex") };
}

/** The bytes are good until the next ones are asked for. */
async function* chunks(file: Deno.FsFile, most: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let total = 0; total < most;) {
    const count = await file.read(buffer.subarray(0, Math.min(CHUNK_BYTES, most - total)));
    if (count === null) return;
    total += count;
    yield buffer.subarray(0, count);
  }
}
