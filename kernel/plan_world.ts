/** Where plans get their sources and prompts from: the home, then what the program brings along. */
import { fault, refuse } from "./contract/fault.ts";
import { PRINCIPALS_FILE } from "./contract/names.ts";
import type { Files } from "./contract/powers.ts";
import {
  type AllowedCopies,
  LOCK_FILE,
  type PlanWorld,
  type ProgCandidate,
  progCandidates,
  type ProgPlaces,
} from "./config/mod.ts";
import { readSources, type SourceCandidate } from "./loader/mod.ts";

/** A longer lock is not read, nor longer principals. */
export const LOCK_BYTES = 1_048_576;
const PROMPT_BYTES = 1_048_576;
/** A file that the system will not let us read says nothing, like one that cannot be parsed. */
const UNREADABLE = "[";

/** A file below the home's `prompts/`; undefined when there is none, also for a link that leads elsewhere. */
export async function readPrompt(files: Files, home: string, name: string): Promise<string | undefined> {
  const real = await files.realPath(`${home}/prompts/${name}`);
  return real?.startsWith(`${home}/prompts/`) ? await files.readText(real, PROMPT_BYTES) : undefined;
}

/** Undefined without one. A link that leads nowhere is no missing file: what it recorded would be forgotten with it. */
async function readText(files: Files, home: string, file: string): Promise<string | undefined> {
  const path = `${home}/${file}`;
  try {
    const text = await files.readText(path, LOCK_BYTES);
    return text === undefined && await files.lstat(path) !== undefined ? UNREADABLE : text;
  } catch {
    return UNREADABLE;
  }
}

export async function planWorld(files: Files, places: ProgPlaces, allowed?: AllowedCopies): Promise<PlanWorld> {
  const { home } = places;
  return {
    lock: await readText(files, home, LOCK_FILE),
    principals: await readText(files, home, PRINCIPALS_FILE),
    readSource: async (prog) => {
      const candidates = progCandidates(prog, places);
      const read = await readSources(files, candidates.map((candidate) => sourceCandidate(candidate, places)));
      if (read !== undefined) return read;
      const sought = candidates.filter(({ origin }) => origin === "local").map(({ file }) =>
        file.slice(home.length + 1)
      );
      return refuse(
        fault("load_failed", `no source for prog '${prog}'`, {
          hint: `write ${sought[0]}, or name another prog; sought: ${sought.join(", ")}`,
        }),
      );
    },
    readPrompt: (name) => readPrompt(files, home, name),
    ...(allowed !== undefined && { allowed }),
  };
}

function sourceCandidate({ path, entry, origin, file }: ProgCandidate, { home, program }: ProgPlaces): SourceCandidate {
  const root = file.startsWith(`${home}/plugins/`) ? home : program;
  return { path, origin, kind: entry === "mod.ts" ? "folder" : "file", root: `${root}/plugins` };
}
