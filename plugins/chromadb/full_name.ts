/**
 * Which collection a caller means. A caller's own ones are kept as `<caller>.<name>`, '/' in the caller's name as '.', so that callers who have never heard of
 * one another cannot meet; a name of a caller's own has no dot, hence `a.b.c` is c of `a/b` and never b.c of `a`.
 */
import { fault } from "meta-machine";
import { OPERATOR } from "./caller_name.ts";
import type { AccessMap } from "./parse_access.ts";

export type Use = "read" | "write";

const OWN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;
/** What a Chroma server takes. */
const FULL = /^[A-Za-z0-9][A-Za-z0-9._-]{1,510}[A-Za-z0-9]$/;

/** What the full names of a caller's own collections begin with. No api begins with a digit, so no module is taken for a principal. */
export function ownPrefix(caller: string): string {
  return `${caller.replace(/^@/, "0").replaceAll("/", ".")}.`;
}

/** The full name. The operator says full names; others a short one for their own, and the full name of what `access` lends to them. */
export function fullName(caller: string, given: unknown, use: Use, access: AccessMap): string {
  const name = typeof given === "string" ? given : "";
  if (!(name.includes(".") || caller === OPERATOR ? FULL : OWN).test(name)) throw badName(given, caller);
  if (caller === OPERATOR) return name;
  const lent = access.get(caller);
  // Whoever may write also reads: what is added is compared with what is there.
  if (lent?.write.has(name) || (use === "read" && lent?.read.has(name))) return name;
  if (lent?.read.has(name)) throw refused(caller, name, use);
  if (!name.includes(".")) return ownPrefix(caller) + name;
  if (isOwn(caller, name)) return name;
  throw refused(caller, name, use);
}

/** Whether the collection of this full name is one of the caller's own. */
export function isOwn(caller: string, full: string): boolean {
  const prefix = ownPrefix(caller);
  return full.startsWith(prefix) && !full.slice(prefix.length).includes(".");
}

/** The names by which a caller sees collections, of all that there are: its own by the short name. */
export function visibleName(caller: string, full: string, access: AccessMap): string | undefined {
  if (caller === OPERATOR) return full;
  const lent = access.get(caller);
  if (lent?.read.has(full) || lent?.write.has(full)) return full;
  return isOwn(caller, full) ? full.slice(ownPrefix(caller).length) : undefined;
}

function refused(caller: string, name: string, use: Use) {
  return fault("denied", `'${caller}' may not ${use} collection '${name}'`, {
    hint: `your own ones have names without a dot; or add to the config of this service: ` +
      `access: {${caller}: {${use}: [${name}]}}`,
  });
}

function badName(given: unknown, caller: string) {
  const shown = typeof given === "string"
    ? `'${given.slice(0, 80)}'`
    : String(given === undefined ? "nothing" : typeof given);
  return fault("invalid_argument", `${shown} is no name of a collection`, {
    hint: caller === OPERATOR
      ? "3 to 512 letters, digits, '.', '_' and '-', a letter or digit at both ends; a module's begin with its api: notes.texts"
      : "1 to 63 letters, digits, '_' and '-', a letter or digit at both ends: count('texts')",
  });
}
