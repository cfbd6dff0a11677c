/**
 * What a module imports as `files` when `grants.builtins` names it: files below the folders that `grants.folders` names. Paths are relative to the home. All
 * reject with a `FaultError`: `not_found`, `denied` (outside the folders, or protected), `conflict`, `too_large`. This is the typed face; in a
 * running host another module answers to the name.
 */

/** What a file is. `size` in bytes, `mtime` in milliseconds since the epoch. */
export interface FileStat {
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
  readonly mtime: number;
}

/** One entry of a folder. */
export interface FileEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "symlink" | "other";
  readonly size: number;
}

export interface Files {
  /** A file's bytes, or its text with `as: "text"`. Refuses one larger than `max_bytes`. */
  read(path: string, options: { readonly as: "text"; readonly max_bytes?: number }): Promise<string>;
  read(
    path: string,
    options?: { readonly as?: "bytes"; readonly max_bytes?: number },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes a whole file beside the old one and renames it; makes missing folders. Gives the number of bytes. */
  write(path: string, data: string | Uint8Array, options?: { readonly max_bytes?: number }): Promise<number>;
  /** The entries of a folder by name, without protected ones. */
  list(path: string): Promise<FileEntry[]>;
  /** Follows symlinks. */
  stat(path: string): Promise<FileStat>;
  /** The absolute path, symlinks resolved; the last part need not exist. */
  realpath(path: string): Promise<string>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder that is empty; with `recursive` one that is not. */
  remove(path: string, options?: { readonly recursive?: boolean }): Promise<void>;
}

const absent = (): never => {
  throw new Error("the builtin 'files' exists only inside a running host, where grants.builtins names it");
};

export const read: Files["read"] = absent;
export const write: Files["write"] = absent;
export const list: Files["list"] = absent;
export const stat: Files["stat"] = absent;
export const realpath: Files["realpath"] = absent;
export const rename: Files["rename"] = absent;
export const remove: Files["remove"] = absent;
