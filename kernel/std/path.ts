/**
 * The functions of `@std/path` that this program uses, over `node:path`. POSIX only, as the program is.
 *
 * @module
 */
import * as posix from "node:path/posix";

/** What separates the segments of a path. */
export const SEPARATOR = "/";

/** Joins segments and normalizes the result. */
export function join(first: string | URL, ...rest: string[]): string {
  return posix.join(toPath(first), ...rest);
}

/** Makes a path absolute, seen from the working directory; a later absolute segment replaces the ones before it. */
export function resolve(...segments: string[]): string {
  return posix.resolve(...segments);
}

/** The path of the folder that holds `path`. */
export function dirname(path: string | URL): string {
  return posix.dirname(toPath(path)).replace(/(?<=.)\/+$/, "");
}

/** The last segment, without `suffix` unless that is all of it; "/" for the root. */
export function basename(path: string | URL, suffix = ""): string {
  const text = toPath(path);
  const name = posix.basename(text) || text.slice(0, 1);
  return suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** The extension of the last segment with its dot, or "". */
export function extname(path: string | URL): string {
  return posix.extname(toPath(path));
}

/** The way from one path to the other. */
export function relative(from: string, to: string): string {
  return posix.relative(from, to);
}

/** Resolves `.` and `..` and doubled separators. */
export function normalize(path: string | URL): string {
  return posix.normalize(toPath(path));
}

/** True for a path that begins at the root. */
export function isAbsolute(path: string): boolean {
  return posix.isAbsolute(path);
}

/** The path a `file:` URL names. Refuses other URLs with `TypeError`; a `%` that escapes nothing stands for itself. */
export function fromFileUrl(url: string | URL): string {
  const { protocol, pathname } = new URL(url);
  if (protocol !== "file:") throw new TypeError(`URL must be a file URL: received "${protocol}"`);
  return decodeURIComponent(pathname.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"));
}

/** The `file:` URL of an absolute path. Refuses a relative one with `TypeError`. */
export function toFileUrl(path: string): URL {
  if (!isAbsolute(path)) throw new TypeError(`Path must be absolute: received "${path}"`);
  const url = new URL("file:///");
  url.pathname = path.replace(/[%\\\t\n\v\f\r ]/g, encodeURIComponent);
  return url;
}

function toPath(path: string | URL): string {
  return path instanceof URL ? fromFileUrl(path) : path;
}
