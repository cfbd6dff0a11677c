import { fault } from "meta-machine";
import type { FileEntry, Files, FileStat } from "files";
import { codeOf, locate, refuseFolder, retold } from "./locate.ts";
import { protection } from "./protected_paths.ts";
import type { Reach } from "./reach.ts";

/** What the operations need of the world. */
export interface FileWorld {
  readonly files: Files;
  /** The largest file read or written: one message has to hold it. */
  readonly max_bytes: number;
}
export interface FileContent {
  readonly content: string | Uint8Array;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** A file's whole text, or its bytes with `encoding: "bytes"`. Refuses what is not text as text, and what is larger than `max_bytes`. */
export async function readFile(
  { files, max_bytes }: FileWorld,
  reach: Reach,
  { path, encoding = "text" }: { path?: unknown; encoding?: unknown },
): Promise<FileContent> {
  if (encoding !== "text" && encoding !== "bytes") {
    throw fault("invalid_argument", `Cannot read_file: encoding is ${JSON.stringify(encoding)}`, {
      hint: 'pass encoding="text" or encoding="bytes", or leave it out for text',
    });
  }
  const file = await locate(files, reach, path, { doing: "read_file", access: "read", last: "followed" });
  try {
    const { kind, size } = await files.stat(file.place);
    if (kind !== "file") {
      throw fault("invalid_argument", `'${file.shown}' is a ${kind}, not a file`, { hint: "list() shows a folder" });
    }
    bound("read", file.shown, size, max_bytes);
    const bytes = await files.read(file.place, { as: "bytes", max_bytes });
    return { content: encoding === "bytes" ? bytes : textOf(bytes, file.shown) };
  } catch (error) {
    throw retold(error, file);
  }
}

function textOf(bytes: Uint8Array, shown: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw fault("invalid_argument", `'${shown}' is not UTF-8 text (${bytes.length} bytes)`, {
      hint: 'pass encoding="bytes" to read it as bytes',
    });
  }
}

/** Writes a whole file, at once or not at all, with the folders above it. Gives the number of bytes. */
export async function writeFile(
  { files, max_bytes }: FileWorld,
  reach: Reach,
  { path, content }: { path?: unknown; content?: unknown },
): Promise<{ bytes: number }> {
  const file = await locate(files, reach, path, { doing: "write_file", access: "write", last: "followed" });
  // Where nothing was written yet it is not there, and would become a file for good.
  if (file.isBase) throw refuseFolder(file.shown);
  const data = typeof content === "string" && content.isWellFormed() ? encoder.encode(content) : content;
  if (!(data instanceof Uint8Array)) {
    throw fault("invalid_argument", `Cannot write_file '${file.shown}': content is ${kindOf(content)}`, {
      hint: 'pass content as well-formed text, for example content="hello", or as bytes',
    });
  }
  bound("write", file.shown, data.length, max_bytes);
  try {
    return { bytes: await files.write(file.place, data, { max_bytes }) };
  } catch (error) {
    throw retold(error, file);
  }
}

/** The entries of a folder by name, without protected ones. One's own folder is empty until something was written. */
export async function list(
  { files }: FileWorld,
  reach: Reach,
  { path = "." }: { path?: unknown },
): Promise<FileEntry[]> {
  const folder = await locate(files, reach, path, { doing: "list", access: "read", last: "followed" });
  try {
    const entries = await files.list(folder.place);
    const below = folder.place === "." ? "" : `${folder.place}/`;
    return entries
      .filter(({ name }) => protection(below + name, "read") === undefined)
      .map(({ name, kind, size }) => ({ name, kind, size }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (folder.isBase && codeOf(error) === "not_found") return [];
    throw retold(error, folder);
  }
}

/** What a file is; `mtime` in seconds since the epoch, like all times that the host tells. */
export async function stat({ files }: FileWorld, reach: Reach, { path }: { path?: unknown }): Promise<FileStat> {
  const file = await locate(files, reach, path, { doing: "stat", access: "read", last: "followed" });
  try {
    const { kind, size, mtime } = await files.stat(file.place);
    return { kind, size, mtime: mtime / 1000 };
  } catch (error) {
    throw retold(error, file);
  }
}

/** Removes a file or an empty folder; of a symlink the link. */
export async function remove(
  { files }: FileWorld,
  reach: Reach,
  { path }: { path?: unknown },
): Promise<{ deleted: true }> {
  const file = await locate(files, reach, path, { doing: "delete", access: "write", last: "itself" });
  if (file.isBase) {
    throw fault("denied", `Cannot delete '${file.shown}': it is your own folder`, { hint: "delete what is in it" });
  }
  try {
    await files.remove(file.place);
    return { deleted: true };
  } catch (error) {
    throw retold(error, file);
  }
}

function bound(verb: string, shown: string, size: number, max_bytes: number): void {
  if (size <= max_bytes) return;
  throw fault("too_large", `Cannot ${verb} '${shown}': it has ${size} bytes; ${max_bytes} are allowed`, {
    hint: "raise max_bytes in configs/services/filesystem.yml, or split the file",
  });
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return "text with lone surrogates";
  return value === undefined ? "missing" : value === null ? "null" : `of type ${typeof value}`;
}
