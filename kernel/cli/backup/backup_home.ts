/** The whole home into a new folder, while it is in use: beside the place where it shall be, and renamed when it is complete. */
import { dirname } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { type BackupTarget, chooseTarget } from "./choose_target.ts";
import { copyDatabase } from "./copy_database.ts";
import { copyFile } from "./copy_file.ts";
import { type Entry, findEntries } from "./find_entries.ts";
import { type BackedUpFile, type BackupManifest, MANIFEST_FILE } from "./manifest.ts";

export interface BackupOrder {
  /** Absolute. */
  readonly home: string;
  /** Absolute; is not there yet, or empty. */
  readonly target: string;
  /** The folder and the version of the program. */
  readonly program: string;
  readonly version: string;
  /** Aborted when it is not wanted any more. */
  readonly signal: AbortSignal;
  readonly progress: (text: Progress) => void;
}

export interface Progress {
  readonly path: string;
  readonly done_bytes: number;
  readonly all_bytes: number;
}

export interface Backup {
  /** As it can be reached, links resolved. */
  readonly folder: string;
  readonly manifest: BackupManifest;
}

/** Leaves nothing behind unless it is complete. */
export async function backupHome(order: BackupOrder): Promise<Result<Backup>> {
  const home = await Deno.realPath(order.home).catch(() => undefined);
  if (home === undefined) return refuse(noHome(order.home));
  const target = await chooseTarget(home, order.target, crypto.randomUUID().slice(0, 8));
  if (!target.ok) return target;
  const time = new Date().toISOString();
  const entries = await findEntries(home, order.program);
  if (entries.length === 0) return refuse(noHome(home));
  const { folder, beside } = target.value;
  try {
    await Deno.mkdir(beside, { mode: 0o700 });
    const files = await copyEntries(home, beside, entries, order);
    const manifest: BackupManifest = { version: order.version, time, home, files };
    await complete(target.value, home, manifest);
    return ok({ folder, manifest });
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    if (order.signal.aborted) return refuse(fault("cancelled", `the backup into ${folder} was interrupted`, AGAIN));
    return refuse(failure(error));
  }
}

const AGAIN = { hint: "nothing was left behind; run it again" };

async function copyEntries(
  home: string,
  to: string,
  entries: readonly Entry[],
  { signal, progress }: BackupOrder,
): Promise<readonly BackedUpFile[]> {
  const files: BackedUpFile[] = [];
  const all_bytes = entries.reduce((sum, { kind, size }) => sum + (isFile(kind) ? size : 0), 0);
  let before = 0;
  for (const entry of entries) {
    signal.throwIfAborted();
    const { path, kind, size } = entry;
    const told = (bytes: number) => progress({ path, done_bytes: Math.min(before + bytes, all_bytes), all_bytes });
    told(0);
    try {
      const file = await copyEntry(`${home}/${path}`, `${to}/${path}`, entry, signal, told);
      if (file !== undefined) files.push(file);
    } catch (error) {
      if (signal.aborted) throw error;
      throw new CopyFailed(path, error);
    }
    if (isFile(kind)) before += size;
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isFile(kind: Entry["kind"]): boolean {
  return kind === "file" || kind === "database";
}

/** Undefined for what is no file, and for a file that has gone since it was found. */
async function copyEntry(
  from: string,
  to: string,
  entry: Entry,
  signal: AbortSignal,
  told: (bytes: number) => void,
): Promise<BackedUpFile | undefined> {
  const { path, kind, mode, size } = entry;
  try {
    if (kind === "folder") return void await Deno.mkdir(to, { mode: 0o700 }); // its own mode comes when it is filled
    if (kind === "link") return void await Deno.symlink(await Deno.readLink(from), to);
    if (kind === "database") {
      const copied = await copyDatabase(from, to, { mode, progress: (share) => told(share * size) });
      if (copied !== undefined) return { path, ...copied, how: "sqlite" };
    }
    let done = 0;
    const progress = (bytes: number) => told(done += bytes);
    const grows = path.startsWith("runtime/logs/");
    return { path, ...await copyFile(from, to, { mode, signal, progress, grows }), how: "copied" };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound && !await exists(from)) return undefined;
    throw error;
  }
}

/** Modes of folders last: one that may not be written in could not be filled. */
async function complete({ folder, beside }: BackupTarget, home: string, manifest: BackupManifest): Promise<void> {
  const file = `${beside}/${MANIFEST_FILE}`;
  await Deno.writeTextFile(file, JSON.stringify(manifest, null, 2) + "\n", { mode: 0o600 });
  await keepModes(home, beside, "");
  await Deno.rename(beside, folder);
  using parent = await Deno.open(dirname(folder));
  await parent.sync().catch(() => {}); // some file systems can't; the files themselves are on the disk
}

async function keepModes(home: string, copy: string, path: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(`${copy}${path}`)) {
    if (isDirectory) await keepModes(home, copy, `${path}/${name}`);
  }
  const mode = (await Deno.stat(`${home}${path}`).catch(() => undefined))?.mode;
  if (mode !== undefined && mode !== null) await Deno.chmod(`${copy}${path}`, mode & 0o7777);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

class CopyFailed extends Error {
  override readonly name = "CopyFailed";
  constructor(readonly path: string, override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

function failure(error: unknown) {
  const what = error instanceof CopyFailed ? error.path : "the home";
  const cause = error instanceof CopyFailed ? error.cause : error;
  const message = `Cannot back up ${what}: ${cause instanceof Error ? cause.message : cause}`;
  if (cause instanceof Deno.errors.PermissionDenied) {
    return fault("denied", message, { hint: "nothing was left behind; run it as the user who started the host" });
  }
  return fault("internal", message, { hint: "nothing was left behind; 'doctor' looks at disk and rights" });
}

function noHome(home: string) {
  return fault("not_found", `there is nothing to back up in ${home}`, { hint: "name the home with --home" });
}
