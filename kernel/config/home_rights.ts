import { type Fault, fault } from "../contract/fault.ts";
import type { FileFacts } from "../contract/powers.ts";

/** A folder whose files decide what the host runs; `facts` undefined when it is not there. */
export interface HomeFolder {
  readonly path: string;
  readonly facts: Pick<FileFacts, "mode" | "uid"> | undefined;
}

/** Bits of group and others that let them write: whoever can write in a folder can replace any file in it. */
const OTHERS_WRITE = 0o022;
const ROOT = 0;

/**
 * Refuses the first folder that somebody else may write or that belongs to another user than `uid` or root; undefined
 * when all are well.
 */
export function homeRights(folders: readonly HomeFolder[], uid: number): Fault | undefined {
  for (const { path, facts } of folders) {
    if (facts === undefined) continue;
    if ((facts.mode & OTHERS_WRITE) !== 0) {
      const mode = (facts.mode & 0o7777).toString(8).padStart(4, "0");
      return fault("config_invalid", `${path}: found mode ${mode}, allowed: a folder that only its owner may write`, {
        hint: `chmod go-w ${path}`,
      });
    }
    if (facts.uid !== uid && facts.uid !== ROOT) {
      return fault("config_invalid", `${path}: found owner ${facts.uid}, allowed: your own user (${uid}) or root`, {
        hint: `chown ${uid} ${path}`,
      });
    }
  }
  return undefined;
}
