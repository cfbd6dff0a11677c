import { fault, FaultError } from "../../contract/fault.ts";
import { type Access, isWithin, pathViolation, protectedBy } from "./bound_path.ts";
import { lastIndexOf, slice, startsWith } from "./primordials.ts";

/** A path that was admitted: absolute, every part of it real but the last, which may be missing or a symlink. */
export interface BoundPath {
  readonly absolute: string;
  readonly relative: string;
}

/** What resolving needs of the world. Undefined when there is nothing at the path. */
export type RealPath = (absolute: string) => string | undefined;

/** The folders a module was granted, as a null-ended chain: a list could be reached through patched array methods. */
export interface FolderChain {
  readonly path: string;
  readonly mode: "r" | "rw";
  readonly next: FolderChain | undefined;
}

/**
 * The path, if it lies inside a granted folder and is not protected, both as written and as it really is: a symlink out of the folder is refused. `follow`
 * resolves the last part too. Throws a FaultError.
 */
export function resolvePath(
  world: { readonly home: string; readonly folders: FolderChain | undefined; readonly realPath: RealPath },
  path: string,
  access: Access,
  follow: boolean,
): BoundPath {
  const violation = pathViolation(path);
  if (violation !== undefined) {
    throw new FaultError(fault("invalid_argument", `Cannot ${access} '${path}': ${violation}`));
  }
  admit(world.folders, path, path, access);
  const absolute = path === "." ? world.home : `${world.home}/${path}`;
  const real = (follow ? world.realPath(absolute) : undefined) ?? realBelow(world, path, absolute);
  const relative = real === world.home
    ? "."
    : startsWith(real, world.home + "/")
    ? slice(real, world.home.length + 1)
    : undefined;
  if (relative === undefined) throw outside(path, access);
  admit(world.folders, relative, path, access);
  return { absolute: real, relative };
}

/** The deepest folder above that exists, made real, and the rest as written. */
function realBelow({ home, realPath }: { home: string; realPath: RealPath }, path: string, absolute: string): string {
  if (path === ".") return realPath(home) ?? home;
  let end = lastIndexOf(absolute, "/");
  while (end > home.length) {
    const real = realPath(slice(absolute, 0, end));
    if (real !== undefined) return real + slice(absolute, end);
    end = lastIndexOf(slice(absolute, 0, end), "/");
  }
  return absolute;
}

function admit(folders: FolderChain | undefined, path: string, asked: string, access: Access): void {
  const rule = protectedBy(path, access);
  if (rule !== undefined) throw new FaultError(fault("denied", `Cannot ${access} '${asked}': ${rule}`));
  for (let folder = folders; folder !== undefined; folder = folder.next) {
    if (isWithin(path, folder.path) && (access === "read" || folder.mode === "rw")) return;
  }
  throw outside(asked, access);
}

function outside(path: string, access: Access): FaultError {
  const mode = access === "read" ? "r" : "rw";
  return new FaultError(
    fault("denied", `Cannot ${access} '${path}': it is outside the granted folders`, {
      hint: `grants: {folders: [{path: …, mode: ${mode}}]} names what may be reached`,
    }),
  );
}
