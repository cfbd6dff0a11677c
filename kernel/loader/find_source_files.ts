/** Which files belong to a module, and that each of them really lies where it seems to. */
import { SOURCES } from "../contract/limits.ts";
import type { FileFacts, Files } from "../contract/powers.ts";
import type { SourceCandidate } from "./read_sources.ts";
import { RefusedSource } from "./refused_source.ts";

export interface FoundFile {
  /** Relative to the module's folder; the bare name for a module of one file. */
  readonly path: string;
  /** As it is reached, and where that really is. */
  readonly from: string;
  readonly real: string;
  /** For texts: `plugins/tasks/rl_trainer.ts`. */
  readonly shown: string;
}

/** In a folder: these, but no tests and nothing that begins with a dot. */
const SOURCE = /\.(?:ts|js|mjs|json|txt|md|yml|yaml|html|css|sql)$/;
const TEST = /_test\.ts$/;
/** Folders below folders; a deeper tree is a mistake or a trap. */
const DEPTH = 16;
/** Names in all folders together, whatever they are: listing more would hold the kernel. */
const NAMES = 4_000;

/** Sorted by path; undefined when the candidate isn't there. Throws RefusedSource. */
export async function findSourceFiles(files: Files, candidate: SourceCandidate): Promise<FoundFile[] | undefined> {
  const { path, kind, root } = candidate;
  const shown = `${root.slice(root.lastIndexOf("/") + 1)}${path.slice(root.length)}`;
  const entry = kind === "folder" ? `${path}/mod.ts` : path;
  const [real, realRoot] = [await files.realPath(path), await files.realPath(root)];
  if (realRoot === undefined || real === undefined || await files.lstat(entry) === undefined) return undefined;
  if (!real.startsWith(`${realRoot}/`)) throw leadsOut(shown, real, "the folder of the plugins");
  if (kind === "folder") return await findBelow(files, { folder: path, real, shown });
  const name = path.slice(path.lastIndexOf("/") + 1);
  requireFile(shown, await files.lstat(real));
  return [{ path: name, from: path, real, shown }];
}

async function findBelow(files: Files, module: { folder: string; real: string; shown: string }): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const open = [{ below: "", depth: 0 }];
  let names = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entries = await files.list(`${module.folder}${next.below && `/${next.below}`}`) ?? [];
    names += entries.length;
    if (names > NAMES) throw new RefusedSource(`${module.shown}: has more than ${NAMES} names in its folders`);
    for (const { name, kind } of entries) {
      if (name.startsWith(".")) continue;
      const path = next.below === "" ? name : `${next.below}/${name}`;
      const shown = `${module.shown}/${path}`;
      const from = `${module.folder}/${path}`;
      const real = kind === "symlink"
        ? await followLink(files, module.real, { from, shown })
        : `${module.real}/${path}`;
      if (kind === "folder") {
        if (next.depth === DEPTH) {
          throw new RefusedSource(`${shown}: folders may lie ${DEPTH} deep in a module's folder`);
        }
        open.push({ below: path, depth: next.depth + 1 });
      } else if (SOURCE.test(name) && !TEST.test(name)) {
        requireFile(shown, await files.lstat(real));
        found.push({ path, from, real, shown });
        if (found.length > SOURCES.files) {
          throw new RefusedSource(`${module.shown}: has more than ${SOURCES.files} files`);
        }
      }
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Links are followed to files of the same module only, whatever their name is: one that leads out is a mistake or an attempt. */
async function followLink(
  files: Files,
  inside: string,
  { from, shown }: { from: string; shown: string },
): Promise<string> {
  const real = await files.realPath(from);
  if (real === undefined) throw new RefusedSource(`${shown}: is a link to nothing`);
  if (!real.startsWith(`${inside}/`)) throw leadsOut(shown, real, "the module's folder");
  requireFile(shown, await files.lstat(real));
  return real;
}

function requireFile(shown: string, facts: FileFacts | undefined): void {
  if (facts?.kind !== "file") throw new RefusedSource(`${shown}: is no regular file`);
  if (facts.size > SOURCES.file_bytes) {
    throw new RefusedSource(`${shown}: has ${facts.size} bytes; ${SOURCES.file_bytes} are allowed in one file`);
  }
}

function leadsOut(shown: string, real: string, place: string): RefusedSource {
  return new RefusedSource(`${shown}: leads to ${real}, out of ${place}`);
}
