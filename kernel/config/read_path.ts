import { isGrantFolder } from "../primitives/parse_start_cell.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { readText } from "./read_value.ts";

/**
 * A path below some folder, `/`-separated. Refuses `..`, absolute paths, empty segments, `,` (it parts lists of
 * permissions) and what cannot be seen.
 */
export function readRelativePath(value: unknown, path: ValuePath, below: string): string {
  return readText(value, path, `a path below ${below} ${RULE}`, isRelativePath);
}

/** As {@linkcode readRelativePath}, or "." for the home itself. */
export function readHomePath(value: unknown, path: ValuePath): string {
  const allowed = `a path below the home ${RULE}, or '.' for the home itself`;
  return readText(value, path, allowed, (text) => text === "." || isRelativePath(text));
}

/** True for a path that cannot lead out of the folder it is joined to. */
export function isRelativePath(text: string): boolean {
  return text !== "." && isGrantFolder(text) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}

const RULE = "without '..', ',' or a '/' at its ends";
