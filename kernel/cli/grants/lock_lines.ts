/** Lines of `configs/plugins.lock`, as a module's config makes them. */
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../../contract/limits.ts";
import type { Grants, ModuleSpec } from "../../contract/spec.ts";
import { DEFAULT_RESTART } from "../../config/mod.ts";

/** As it is written: only what is not the default. */
export type LockLine = Readonly<Record<string, unknown>>;

/** All that a module from outside asks for, as it is allowed from now on. */
export function addedLine(from: string, hash: string, spec: ModuleSpec): LockLine {
  const { limits, restart, cell, approve } = spec;
  const above = LIMIT_NAMES.filter((name) => limits[name] > DEFAULT_LIMITS[name]).map((name) => [name, limits[name]]);
  const { max, window_s } = restart;
  const often = max > DEFAULT_RESTART.max || window_s < DEFAULT_RESTART.window_s;
  return {
    ...{ origin: originText(from), hash, grants: written(spec.grants) },
    ...(above.length > 0 && { limits: Object.fromEntries(above) }),
    ...(often && { restart: { max, window_s } }),
    ...(cell !== "own" && { cell }),
    ...(approve === "never" && { approve }),
  };
}

/** Nothing is allowed yet. */
export function waitingLine(from: string, hash: string): LockLine {
  return { origin: originText(from), hash, grants: {} };
}

/** A local module reloads freely: only what it does not get unasked is recorded. */
export function localLine({ grants: { builtins, listen, folders } }: ModuleSpec): LockLine {
  return { origin: "local", grants: written({ builtins, listen, folders }) };
}

/** A path may hold what the lock refuses: a stranger names his folders. */
function originText(from: string): string {
  return `added ${from.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)}`;
}

function written(grants: Partial<Grants>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(grants).filter(([, value]) => Array.isArray(value) ? value.length > 0 : value),
  );
}
