import npmCoerce from "semver/functions/coerce.js";
import { type SemVer, tryParse } from "./semver.ts";

/**
 * Reads the version out of a loose text: "v1" is 1.0.0, "1.10" is 1.10.0. `@std/semver` has nothing of the kind, hence
 * this file of its own. Anything around the first number is passed over, so give it only what you know to be a version;
 * `undefined` when there is no number.
 */
export function coerceVersion(text: string): SemVer | undefined {
  const found = npmCoerce(text, { includePrerelease: true });
  return found === null ? undefined : tryParse(found.raw);
}
