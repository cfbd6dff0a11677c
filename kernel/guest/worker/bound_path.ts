import { charCode, indexOf, slice, startsWith } from "./primordials.ts";

/**
 * Which paths a module may touch, decided on text alone and with nothing that a module could have patched: only captured functions, no arrays, no iteration.
 * Paths are relative to the home, `/`-separated.
 */
export type Access = "read" | "write";

const SLASH = 47;
const DOT = 46;

/** Why a path is not one, or undefined: it has to be relative, without empty, `.` and `..` parts, without NUL and backslash. `.` is the home. */
export function pathViolation(path: unknown): string | undefined {
  if (typeof path !== "string" || path === "") return "a path is a text that is not empty";
  if (path.length > 4_096) return "a path has at most 4096 characters";
  if (indexOf(path, "\0") >= 0 || indexOf(path, "\\") >= 0) return "a path has no NUL and no backslash";
  if (path === ".") return undefined;
  let from = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && charCode(path, at) !== SLASH) continue;
    const part = slice(path, from, at);
    if (part === "") return "a path is relative to the home, without empty parts";
    if (part === "." || part === "..") return "a path has no '.' and no '..' parts";
    from = at + 1;
  }
}

/** Whether `path` is `folder` or below it; both as pathViolation admits them. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "." || path === folder || startsWith(path, folder + "/");
}

/** Whether a path is protected whatever a config grants: `rule` says why, for the refusal. */
export function protectedBy(path: string, access: Access): string | undefined {
  if (hasHiddenPart(path)) return "names that begin with a dot are protected";
  if (path === "configs/principals.yml" || path === "configs/principals.yaml") return "it says who may do what";
  if (isWithin(path, "runtime") && !isWithin(path, "runtime/files") && (access === "write" || path !== "runtime")) {
    return "runtime/ is the host's own, but for runtime/files/";
  }
  if (access === "read") return undefined;
  if (
    isWithin(path, "configs") || isWithin(path, "plugins") || isWithin(path, "prompts") || isWithin(path, "kernel") ||
    path === "main.ts" || path === "deno.json" || path === "deno.lock"
  ) {
    return "configs/, plugins/, prompts/, kernel/, main.ts, deno.json and deno.lock are written by the operator and the kernel only";
  }
}

function hasHiddenPart(path: string): boolean {
  if (path === ".") return false;
  return charCode(path, 0) === DOT || indexOf(path, "/.") >= 0;
}
