/** `configs/packages.lock`: packages of a home's own, by name. Written by the operator's command `packages approve`, read at each load. */
import { parse } from "@std/yaml";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { SOURCES } from "../contract/limits.ts";

/** Relative to the home. */
export const PACKAGES_LOCK = "configs/packages.lock";
/** The bundles; no cell reads or writes there, and the kernel writes nothing there. */
export const PACKAGES_FOLDER = "runtime/packages";
export const PACKAGES = Object.freeze({
  /** A longer lock is not read. */
  lock_bytes: 1_048_576,
  /** All of one module's own packages: they travel to its cell with each load, and are in its memory. */
  bundle_bytes: 4_194_304,
});

export interface LockedPackage {
  readonly version: string;
  /** SHA-256 in hex of the bundle. */
  readonly sha256: string;
  /** What was downloaded and bundled, `name@version` → integrity. */
  readonly contains: Readonly<Record<string, string>>;
}
export type PackagesLock = ReadonlyMap<string, LockedPackage>;

const NAME = /^(?:@[a-z0-9][a-z0-9._-]{0,63}\/)?[a-z0-9][a-z0-9._-]{0,127}$/;
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?$/;

/** As `grants.packages` has it: no path, but for the one `/` behind a scope. */
export function isPackageName(text: unknown): text is string {
  return typeof text === "string" && NAME.test(text);
}
/** One exact version. */
export function isPackageVersion(text: unknown): text is string {
  return typeof text === "string" && VERSION.test(text);
}

/** Relative to the home; `+` stands in no name, so that no two packages share a file. */
export function packageFile(name: string, version: string): string {
  return `${PACKAGES_FOLDER}/${name.replace("/", "+")}@${version}.mjs`;
}

/** A missing or empty lock has no lines. Refuses what is broken: nothing is granted that cannot be checked. */
export function parsePackagesLock(text: string | undefined): Result<PackagesLock> {
  try {
    const map = parse(text ?? "", { maxAliasCount: SOURCES.yaml_aliases }) ?? {};
    if (!isMap(map)) throw new Error("it is no map of names");
    return ok(new Map(Object.entries(map).map(([name, line]) => [readName(name), readLine(name, line)])));
  } catch (error) {
    const message = `${PACKAGES_LOCK} cannot be read: ${(error as Error).message}`;
    return refuse(fault("config_invalid", message, { hint: "it is written by: packages approve ID" }));
  }
}

function readName(name: string): string {
  if (!isPackageName(name)) throw new Error(`${JSON.stringify(name)} is no name of a package`);
  return name;
}

function readLine(name: string, line: unknown): LockedPackage {
  if (!isMap(line)) throw new Error(`${name}: it is no map of version, sha256, contains`);
  const { version, sha256, contains } = line;
  if (!isPackageVersion(version)) throw new Error(`${name}: version is no exact version`);
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Error(`${name}: sha256 is no SHA-256 in hex`);
  }
  if (!isMap(contains) || !Object.values(contains).every((one) => typeof one === "string")) {
    throw new Error(`${name}: contains is no map of name@version and integrity`);
  }
  return Object.freeze({ version, sha256, contains: contains as Record<string, string> });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
