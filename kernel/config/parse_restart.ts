import type { ModuleSpec } from "../contract/spec.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { readInteger, readMap } from "./read_value.ts";

/** A module may be started again five times in a minute before it is put in quarantine. */
export const DEFAULT_RESTART: ModuleSpec["restart"] = Object.freeze({ max: 5, window_s: 60 });

/**
 * The `restart:` of a config. `max: 0` puts a module in quarantine at its first failure; a window ends within a day.
 */
export function parseRestart(value: unknown, path: ValuePath): ModuleSpec["restart"] {
  const { max, window_s } = readMap(value, path, ["max", "window_s"]);
  return Object.freeze({
    max: max === undefined || max === null ? DEFAULT_RESTART.max : readInteger(max, [...path, "max"], 0, MOST),
    window_s: window_s === undefined || window_s === null
      ? DEFAULT_RESTART.window_s
      : readInteger(window_s, [...path, "window_s"], 1, DAY_S),
  });
}

/** Each restart in the window is remembered. */
const MOST = 1_000;
const DAY_S = 86_400;
