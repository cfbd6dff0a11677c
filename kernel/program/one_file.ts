/** What sources.ts is, where the program is one file. */
import { Pieces } from "./pieces.ts";
import type { Program } from "./program.ts";

/** Compiled, this is a path in the file system that the binary has inside. */
const path = decodeURIComponent(new URL(Deno.mainModule).pathname);

/** Opened before the role gives up what it does not keep. */
export const PIECES: Pieces = new Pieces(path);

export const PROGRAM: Program = {
  form: Deno.build.standalone ? "binary" : "file",
  folder: Deno.build.standalone ? Deno.execPath() : path,
  read: (name) => PIECES.read(name),
  list: (folder) => {
    const below = PIECES.names().filter((name) => name.startsWith(`${folder}/`));
    return Promise.resolve(below.map((name) => name.slice(folder.length + 1)).sort());
  },
};
