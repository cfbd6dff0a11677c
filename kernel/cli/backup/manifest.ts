/** `backup.json`: what a backup holds, so that whoever restores can tell whether all of it is still there. */

export const MANIFEST_FILE = "backup.json";

export interface BackupManifest {
  /** Of the program that made it. */
  readonly version: string;
  /** When it began: what was acknowledged before is in it. ISO 8601. */
  readonly time: string;
  /** Where it was taken from. */
  readonly home: string;
  /** By path. Folders and links are in the backup, but not in here. */
  readonly files: readonly BackedUpFile[];
}

export interface BackedUpFile {
  /** Relative to the backup's folder. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** `sqlite`: as of one moment, by SQLite's own means; its write-ahead log is already in it. */
  readonly how: "copied" | "sqlite";
}
