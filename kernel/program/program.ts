export interface Program {
  /**
   * `sources`: Deno runs main.ts and the files around it. `file`: Deno runs one file that has everything in it. `binary`: that file, compiled
   * together with Deno. In the last two every process starts from the one file, with all permissions, and nothing else of the program is read.
   */
  readonly form: "sources" | "file" | "binary";
  /** Absolute: the folder of main.ts, or the one file. Paths below the one file name what is in it; on the disk nothing can be there. */
  readonly folder: string;
  /** A file that the program brings along, by its path in the folder. Throws NotFound. */
  read(path: string): Promise<Uint8Array>;
  /** All files below one of its folders, by paths from that folder, sorted. */
  list(folder: string): Promise<readonly string[]>;
}
