/**
 * The functions of `@std/semver` that this program uses, over the npm package `semver`. Versions are plain data;
 * the package's class never leaves this file.
 *
 * @module
 */
import NpmSemVer from "semver/classes/semver.js";

/** A parsed version, as plain data. */
export interface SemVer {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease?: readonly (string | number)[];
  readonly build?: readonly string[];
}

/** Reads `1.2.3-rc.1+build` (spaces around it and a leading `v` are allowed); throws `TypeError` for anything else. */
export function parse(text: string): SemVer {
  const version = tryParse(text);
  if (version === undefined) throw new TypeError(`Cannot parse version "${text}": expected a text such as "1.2.3"`);
  return version;
}

/** Like {@linkcode parse}, but gives `undefined` for what is not a version. */
export function tryParse(text: string): SemVer | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const { major, minor, patch, prerelease, build } = new NpmSemVer(text.trim());
    return { major, minor, patch, prerelease: [...prerelease], build: [...build] };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Writes a version as text, its build part included. */
export function format({ major, minor, patch, prerelease = [], build = [] }: SemVer): string {
  return `${major}.${minor}.${patch}` +
    (prerelease.length ? `-${prerelease.join(".")}` : "") + (build.length ? `+${build.join(".")}` : "");
}

/** Orders by precedence: 1 when `a` is higher, -1 when `b` is, 0 when they differ in their build part at most. */
export function compare(a: SemVer, b: SemVer): 1 | 0 | -1 {
  return new NpmSemVer(format(a)).compare(format(b));
}

/** True when `a` has the higher precedence. */
export function greaterThan(a: SemVer, b: SemVer): boolean {
  return compare(a, b) > 0;
}
