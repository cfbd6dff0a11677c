import { fault, type FaultError } from "meta-machine";
import type { Files } from "files";
import { parsePath } from "./parse_path.ts";
import type { Access } from "./protected_paths.ts";
import { admitPath, denied, placePath, type Reach } from "./reach.ts";

/** A file that a caller may touch so: found once, admitted as it was written and as it really is. */
export interface Located {
  /** In the caller's words, for every message. */
  readonly shown: string;
  /** Relative to the home. */
  readonly place: string;
  readonly isBase: boolean;
}

/**
 * Finds the file that a caller means. What is outside of its reach is refused before the disk is looked at, so that a refusal tells nothing; a symlink counts as
 * where it leads, except for a removal, which takes the link itself.
 */
export async function locate(
  files: Files,
  reach: Reach,
  path: unknown,
  use: { readonly doing: string; readonly access: Access; readonly last: "followed" | "itself" },
): Promise<Located> {
  const shown = parsePath(path, use.doing);
  const place = placePath(reach, shown);
  admitPath(reach, place, use.access, shown);
  const real = await realPlace(files, reach, place, use, shown);
  admitPath(reach, real, use.access, shown);
  return { shown, place, isBase: place === reach.base || real === reach.base };
}

async function realPlace(
  files: Files,
  reach: Reach,
  place: string,
  { access, last }: { readonly access: Access; readonly last: "followed" | "itself" },
  shown: string,
): Promise<string> {
  const cut = last === "itself" ? place.lastIndexOf("/") : place.length;
  const folder = cut === -1 ? "." : place.slice(0, cut);
  const name = cut === -1 ? `/${place}` : place.slice(cut);
  const home = await files.realpath(".");
  try {
    const real = await files.realpath(folder) + name;
    if (real === home) return ".";
    if (real.startsWith(`${home}/`)) return real.slice(home.length + 1);
  } catch (error) {
    if (codeOf(error) !== "denied") throw retold(error, { shown, place });
  }
  throw denied(reach, access, shown, "a symlink in it leads out of what you may reach");
}

/** What `files` threw, in the caller's words: its own spelling of the path, never the home's. */
export function retold(error: unknown, { shown, place }: Pick<Located, "shown" | "place">): unknown {
  const code = codeOf(error);
  if (code === "not_found") {
    return fault("not_found", `no such file: ${shown}`, { hint: "list() names the files there are" });
  }
  const plain = PLAIN_WORDS.find(([system]) => error instanceof Error && system.test(error.message));
  if (plain !== undefined) return plain[1](shown);
  if (code !== "denied" && code !== "conflict" && code !== "invalid_argument" && code !== "too_large") return error;
  const { message, hint } = error as FaultError;
  return fault(code, message.replaceAll(`'${place}'`, `'${shown}'`), { hint, retriable: false });
}

/** What the system says of files and folders in each other's place, and what a caller reads instead. */
const PLAIN_WORDS: readonly (readonly [system: RegExp, (shown: string) => Error])[] = [
  [/: Is a directory\b/, refuseFolder],
  [/: Not a directory\b/, (shown) =>
    fault("invalid_argument", `'${shown}' needs a folder where a file is`, {
      hint: "stat() tells what each part of the path is",
    })],
  [/: Directory not empty\b/, (shown) =>
    fault("conflict", `'${shown}' is a folder with something in it`, {
      hint: "delete what is in it first",
      retriable: false,
    })],
];

/** Refuses to write a file where a folder is. */
export function refuseFolder(shown: string): Error {
  return fault("invalid_argument", `'${shown}' is a folder; name a file below it`, {
    hint: 'for example path="notes/today.md"; list() shows a folder',
  });
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
