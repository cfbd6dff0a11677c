/** Reads a module's files, each once: what was read is what is hashed, vetted and run. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { SOURCES } from "../contract/limits.ts";
import type { Files } from "../contract/powers.ts";
import type { Origin, SourceSet } from "../contract/spec.ts";
import { sourceHash } from "../primitives/source_hash.ts";
import { findSourceFiles, type FoundFile } from "./find_source_files.ts";
import { RefusedSource } from "./refused_source.ts";

/** A place where a module's source may be. */
export interface SourceCandidate {
  /** Absolute path of the file, or of the folder that may hold `mod.ts`. */
  readonly path: string;
  readonly kind: "file" | "folder";
  readonly origin: Origin;
  /** Absolute path of the `plugins` folder in which it lies: no link may lead out of that. */
  readonly root: string;
}

/**
 * The source at the first place that has one; undefined when there is none. Refuses with `load_failed`, naming the file: links that lead out of
 * the module's folder, what is no regular file, what is too much, and text that is not UTF-8.
 */
export async function readSources(
  files: Files,
  candidates: readonly SourceCandidate[],
): Promise<Result<SourceSet> | undefined> {
  for (const candidate of candidates) {
    try {
      const found = await findSourceFiles(files, candidate);
      if (found === undefined) continue;
      return ok(await readAll(files, candidate, found));
    } catch (error) {
      if (error instanceof RefusedSource) return refuse(fault("load_failed", error.message, { hint: error.hint }));
      // The system's own refusal (rights, too many links) is about this module only.
      return refuse(fault("load_failed", `${candidate.path}: ${error instanceof Error ? error.message : error}`));
    }
  }
}

async function readAll(files: Files, candidate: SourceCandidate, found: readonly FoundFile[]): Promise<SourceSet> {
  const read: { path: string; text: string }[] = [];
  let total = 0;
  for (const file of found) {
    const bytes = await readOne(files, file);
    if (bytes === undefined) continue; // removed meanwhile: as if it had never been there
    total += bytes.length;
    if (total > SOURCES.total_bytes) {
      throw new RefusedSource(
        `${file.shown}: the module's files are larger than ${SOURCES.total_bytes} bytes together`,
      );
    }
    read.push({ path: file.path, text: decode(file, bytes) });
  }
  const { origin, path } = candidate;
  const entry = candidate.kind === "folder" ? "mod.ts" : path.slice(path.lastIndexOf("/") + 1);
  if (!read.some((file) => file.path === entry)) {
    throw new RefusedSource(`${found[0]!.shown}: removed while it was read`);
  }
  const hash = await sourceHash({ entry, files: read });
  return Object.freeze({ origin, path, entry, files: Object.freeze(read), hash });
}

/** Reads by the real path that was checked, and looks again afterwards: a link that was swapped meanwhile is noticed. */
async function readOne(files: Files, { path, real, from, shown }: FoundFile): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await files.read(real, SOURCES.file_bytes);
  } catch (error) {
    throw new RefusedSource(`${shown}: ${error instanceof Error ? error.message : error}`);
  }
  if (bytes === undefined) return undefined;
  if (bytes.length > SOURCES.file_bytes) {
    throw new RefusedSource(`${shown}: has ${bytes.length} bytes; ${SOURCES.file_bytes} are allowed in one file`);
  }
  if (await files.realPath(from) !== real || await files.realPath(real) !== real) {
    throw new RefusedSource(`${shown}: '${path}' was replaced while it was read`, "it is read again by itself");
  }
  return bytes;
}

function decode({ shown }: FoundFile, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new RefusedSource(`${shown}: is not UTF-8 text`, "save it as UTF-8");
  }
}
