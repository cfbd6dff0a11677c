/**
 * Where an author's text stands. A bundle's source map names its files `plugin:///<api>/<file>`, so that neither the bundle nor a stack holds
 * a path of this machine; the kernel turns these into real paths in what it logs and reports.
 */
import { isApiName } from "../contract/names.ts";
import type { SourceSet } from "../contract/spec.ts";

/** The URL under which a Worker evaluates a module's bundle, or that of one of the author's files. */
export function pluginUrl(api: string, file?: string): string {
  const path = file?.split("/").map((name) => encodeURIComponent(name).replace(/[!'()*]/g, percent)).join("/");
  return path === undefined ? `plugin:///${api}` : `plugin:///${api}/${path}`;
}

/** The path to show for a file of a module, or undefined when there is no such file. */
export type FindPath = (api: string, file: string) => string | undefined;

/** Puts real paths where a text names files of modules; lines and columns stay as they are, and so does what `find` does not know. */
export function realPositions(text: string, find: FindPath): string {
  return text.replace(/plugin:\/\/\/((?:(?!plugin:)[^\n:])*)/g, (url, rest: string) => {
    // A stack has names with their spaces, up to the line's colon; in a sentence a name ends where such names usually do.
    const word = /^[\w.%~/-]*/.exec(rest)![0];
    for (const name of [rest, word, word.replace(/\.+$/, "")]) {
      const path = findFile(name, find);
      if (path !== undefined) return path + rest.slice(name.length);
    }
    return url;
  });
}

/** Looks in the sources of modules; paths in the home are shown from there. */
export function pathsOf(sources: ReadonlyMap<string, SourceSet>, home: string): FindPath {
  return (api, file) => {
    const source = sources.get(api);
    if (!source?.files.some(({ path }) => path === file)) return undefined;
    const path = source.entry === "mod.ts" && !source.path.endsWith("/mod.ts") ? `${source.path}/${file}` : source.path;
    return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
  };
}

/** An api may have several segments, and a file may lie in folders: the longest api that has such a file is meant. */
function findFile(path: string, find: FindPath): string | undefined {
  const names = path.split("/");
  for (let count = Math.min(4, names.length - 1); count > 0; count--) {
    const api = names.slice(0, count).join("/");
    if (!isApiName(api)) continue;
    const file = names.slice(count).join("/");
    const found = find(api, file) ?? find(api, decode(file));
    if (found !== undefined) return found;
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
