import { DEFAULT_LIMITS, LIMIT_NAMES, type Limits } from "../contract/limits.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { readInteger, readMap } from "./read_value.ts";

/** Timers count milliseconds in 32 bits: a longer one would fire at once. */
export const MOST_MILLISECONDS = 2_147_483_647;
/** One TiB: more memory than any machine this runs on, few enough digits for a flag of V8. */
const MOST_MEGABYTES = 1_048_576;

/**
 * The `limits:` of a config, merged into the defaults. Throws Misfit for an unknown key and for what is no positive
 * whole number.
 */
export function parseLimits(value: unknown, path: ValuePath): Limits {
  const map = readMap(value, path, LIMIT_NAMES);
  const set = LIMIT_NAMES.filter((name) => map[name] !== undefined && map[name] !== null);
  const read = set.map((name) => [name, readInteger(map[name], [...path, name], 1, mostOf(name))]);
  return Object.freeze({ ...DEFAULT_LIMITS, ...Object.fromEntries(read) });
}

function mostOf(name: keyof Limits): number {
  if (name.endsWith("_ms")) return MOST_MILLISECONDS;
  return name.endsWith("_mb") ? MOST_MEGABYTES : Number.MAX_SAFE_INTEGER;
}
