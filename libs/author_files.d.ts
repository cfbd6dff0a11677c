// kernel/guest/sdk/files.ts (made by deno task vendor author)
/** What a file is. `size` in bytes, `mtime` in milliseconds since the epoch. */
interface FileStat {
    readonly kind: "file" | "folder" | "other";
    readonly size: number;
    readonly mtime: number;
}
/** One entry of a folder. */
interface FileEntry {
    readonly name: string;
    readonly kind: "file" | "folder" | "symlink" | "other";
    readonly size: number;
}
interface Files {
    /** A file's bytes, or its text with `as: "text"`. Refuses one larger than `max_bytes`. */
    read(path: string, options: {
        readonly as: "text";
        readonly max_bytes?: number;
    }): Promise<string>;
    read(path: string, options?: {
        readonly as?: "bytes";
        readonly max_bytes?: number;
    }): Promise<Uint8Array<ArrayBuffer>>;
    /** Writes a whole file beside the old one and renames it; makes missing folders. Gives the number of bytes. */
    write(path: string, data: string | Uint8Array, options?: {
        readonly max_bytes?: number;
    }): Promise<number>;
    /** The entries of a folder by name, without protected ones. */
    list(path: string): Promise<FileEntry[]>;
    /** Follows symlinks. */
    stat(path: string): Promise<FileStat>;
    /** The absolute path, symlinks resolved; the last part need not exist. */
    realpath(path: string): Promise<string>;
    rename(from: string, to: string): Promise<void>;
    /** Removes a file, or a folder that is empty; with `recursive` one that is not. */
    remove(path: string, options?: {
        readonly recursive?: boolean;
    }): Promise<void>;
}
declare const read: Files["read"];
declare const write: Files["write"];
declare const list: Files["list"];
declare const stat: Files["stat"];
declare const realpath: Files["realpath"];
declare const rename: Files["rename"];
declare const remove: Files["remove"];
export { FileEntry, FileStat, Files, list, read, realpath, remove, rename, stat, write };
