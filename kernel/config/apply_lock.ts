import type { FolderGrant, Grants, ModuleSpec, SourceSet } from "../contract/spec.ts";
import type { LockEntry } from "./parse_lock.ts";
import { beyondLock } from "./beyond_lock.ts";
import { neverWritten } from "./never_written.ts";
import { NO_GRANTS } from "./parse_grants.ts";
import { beyondGrants } from "./within_grants.ts";

/** Whether a module may run as its config and source say. */
export type LockVerdict =
  | { readonly ok: true; readonly source: SourceSet }
  /** `key`: the key of the config that asks for too much. `asks`: the operator may allow it. */
  | {
    readonly ok: false;
    readonly message: string;
    readonly hint: string;
    readonly key?: string;
    readonly asks: boolean;
  };

/** The grants that only the program's own modules get unasked. */
export const SHIPPED_ONLY = ["builtins", "listen", "folders"] as const;

/**
 * Holds a module against its line in the lock. Added: only at its recorded hash and within its allowed grants. Local:
 * reloads freely, gets builtins, folders and listen only as far as its line allows. Shipped: as its config says. Nobody
 * but a shipped module is given a folder to write in from which the host takes what it runs.
 */
export function applyLock(spec: ModuleSpec, source: SourceSet, entry: LockEntry | undefined): LockVerdict {
  const added = entry?.origin === "added";
  if (!added && source.origin === "shipped") return { ok: true, source };
  const folder = neverWritten(spec.grants.folders);
  if (folder !== undefined) return refuseFolder(spec, folder);
  return added ? applyAdded(spec, source, entry) : applyLocal(spec, source, entry?.grants ?? NO_GRANTS);
}

/** Not even allowed: a module that can write there allows itself everything. */
function refuseFolder({ api }: ModuleSpec, { path }: FolderGrant): LockVerdict {
  return {
    ok: false,
    key: "folders",
    asks: false,
    message: `grants: found folders: ${path} (rw) for '${api}', allowed to write: folders beside those that the host ` +
      `runs from, such as runtime/files/${api.replaceAll("/", ".")}`,
    hint:
      "give it a folder of its own; nobody can allow this one, since a module that may write there grants itself the rest",
  };
}

function applyAdded(spec: ModuleSpec, source: SourceSet, entry: LockEntry): LockVerdict {
  const { api } = spec;
  const hint =
    `look at it with 'grants diff ${api}', then allow it with 'grants allow ${api}'; what ran before keeps running`;
  if (source.hash !== entry.hash) {
    return {
      ok: false,
      message: `source of '${api}': found ${source.hash}, allowed: ${
        entry.hash === "" ? "none" : entry.hash
      }, as it was added`,
      hint,
      asks: true,
    };
  }
  const beyond = beyondLock(spec, entry);
  if (beyond.length > 0) {
    const key = beyond[0]!.slice(0, beyond[0]!.indexOf(":"));
    return {
      ok: false,
      key,
      asks: true,
      message: `grants: found more than was allowed when '${api}' was added: ${beyond.join(", ")}`,
      hint,
    };
  }
  return { ok: true, source: Object.freeze({ ...source, origin: "added" }) };
}

function applyLocal({ api, grants }: ModuleSpec, source: SourceSet, allowed: Grants): LockVerdict {
  for (const key of SHIPPED_ONLY) {
    const beyond = beyondGrants({ ...NO_GRANTS, [key]: grants[key] }, allowed);
    if (beyond.length > 0) {
      const message = `grants: found ${
        beyond.join(", ")
      } for '${api}', whose source is ${source.origin}, allowed: what its line in configs/plugins.lock allows`;
      return { ok: false, key, message, hint: LOCAL_HINT, asks: true };
    }
  }
  return { ok: true, source };
}

const LOCAL_HINT =
  "only shipped modules get builtins, folders and listen; the operator may allow it with 'grants allow'; what ran before keeps running";
