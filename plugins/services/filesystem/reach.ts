import { fault } from "meta-machine";
import { OPERATOR } from "./caller_name.ts";
import { type Access, protection } from "./protected_paths.ts";
import type { Root } from "./parse_roots.ts";

/** Where a caller's files are. All paths are relative to the home. */
export interface Reach {
  readonly name: string;
  /** What `.` means to this caller. */
  readonly base: string;
  /** Its base first. */
  readonly roots: readonly Root[];
}

/** The reach of a caller: the home for the operator, its own folder for everybody else, and what the config adds. */
export function reachOf(name: string, added: readonly Root[]): Reach {
  const base = name === OPERATOR ? "." : `runtime/files/${name.replaceAll("/", ".")}`;
  return { name, base, roots: [{ path: base, mode: "rw" }, ...added] };
}

/**
 * The path below the home. A path that begins with an added root is meant there, every other below the caller's own folder: with
 * `roots: {notes: [{path: docs, mode: r}]}`, `docs/a.md` of `notes` is the home's `docs/a.md`.
 */
export function placePath({ base, roots }: Reach, path: string): string {
  const [, ...added] = roots;
  if (base === "." || added.some((root) => isWithin(path, root.path))) return path;
  return path === "." ? base : `${base}/${path}`;
}

/** Refuses a path below the home that this caller may not touch so. `shown` is the path in the caller's words. */
export function admitPath(reach: Reach, place: string, access: Access, shown: string): void {
  const rule = protection(place, access);
  if (rule !== undefined) throw denied(reach, access, shown, rule);
  const inside = reach.roots.filter((root) => isWithin(place, root.path));
  if (inside.length === 0) throw denied(reach, access, shown, "it is outside of what you may reach");
  if (access === "write" && inside.every((root) => root.mode === "r")) {
    throw denied(reach, access, shown, "it may be read only");
  }
}

/** The refusal that says what would be allowed. */
export function denied({ name, roots }: Reach, access: Access, shown: string, rule: string): Error {
  const all = roots.filter((root) => access === "read" || root.mode === "rw").map((root) => root.path);
  const places = all.map((path) => path === "." ? "the home" : `${path}/`).join(", ");
  return fault("denied", `'${name}' may not ${access} '${shown}': ${rule}`, {
    hint: `'${name}' may ${access} below ${places}; roots: in configs/services/filesystem.yml adds to that`,
  });
}

/** Whether `path` is `folder` or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
