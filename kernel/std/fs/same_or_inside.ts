import { fromFileUrl, resolve } from "../path.ts";

/** The absolute, normalized path of a path or a `file:` URL. */
export function toPath(path: string | URL): string {
  return resolve(path instanceof URL ? fromFileUrl(path) : path);
}

/** True when `path` is `folder` or lies below it; both absolute and normalized. Links are not followed. */
export function isSameOrInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
