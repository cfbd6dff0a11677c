/** Which line of the lock speaks of a module: the one of its api, or, for another module on a stranger's source, one that allows nothing. */
import type { ModuleSpec, SourceSet } from "../contract/spec.ts";
import type { ApiName } from "../contract/names.ts";
import { NO_GRANTS } from "./parse_grants.ts";
import { DEFAULT_RESTART } from "./parse_restart.ts";
import type { Lock, LockEntry } from "./parse_lock.ts";

/** A line of a module that came from outside, by which it gets nothing and no source of it may run. */
export const NOTHING_ALLOWED: LockEntry = Object.freeze({
  origin: "added",
  from: "",
  hash: "",
  grants: NO_GRANTS,
  limits: Object.freeze({}),
  restart: DEFAULT_RESTART,
  cell: "own",
  approve: "ask",
});

/**
 * An added module's source stays a stranger's under every other api: a config `friend.yml` with `prog: guest` (or
 * `guest/helper`, a file in guest's folder) would else be local and get what it asks for. It does not run until the
 * operator allows it as well: even without a grant it would get what others tell whoever bears that name.
 */
export function lockLine(
  { api, prog }: Pick<ModuleSpec, "api" | "prog">,
  { origin }: Pick<SourceSet, "origin">,
  lock: Lock,
): LockEntry | undefined {
  const own = lock.get(api);
  if (own?.origin === "added" || origin === "shipped") return own;
  const whose = addedOwner(prog, lock);
  if (whose === undefined) return own;
  return Object.freeze({ ...NOTHING_ALLOWED, from: lock.get(whose)!.from });
}

/** The added module whose source this is, or in whose folder it lies. 'plugin add' gives api and prog one name. */
function addedOwner(prog: string, lock: Lock): ApiName | undefined {
  const parts = prog.split("/");
  const names = parts.map((_, i) => parts.slice(0, i + 1).join("/") as ApiName);
  return names.find((name) => lock.get(name)?.origin === "added");
}
