/** The folder of the sockets. Its mode is their only guard: a socket is made with the umask and narrowed afterwards. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";

/** A socket's path may have 107 bytes on Linux and 103 on macOS. */
export const SOCKET_PATH_BYTES = 100;
/** The longest name in the folder, with an epoch of ten digits. */
const LONGEST_SOCKET = "/k.9999999999.sock";

export interface RunFolderFacts {
  readonly home: string;
  /** `$XDG_RUNTIME_DIR`, when set. */
  readonly xdg_runtime_dir: string | undefined;
  readonly uid: number;
  /** Sixteen hex digits that stand for the home. */
  readonly home_hash: string;
}

/** Where the sockets go: into the home, or, when their paths would be too long there, into a short folder of the same user. */
export function chooseRunFolder({ home, xdg_runtime_dir, uid, home_hash }: RunFolderFacts): string {
  const candidates = [`${home}/runtime/run`];
  if (xdg_runtime_dir?.startsWith("/")) candidates.push(`${xdg_runtime_dir}/meta-machine-${home_hash}`);
  return candidates.find(fits) ?? `/tmp/meta-machine-${uid}-${home_hash}`;
}

function fits(folder: string): boolean {
  return new TextEncoder().encode(folder + LONGEST_SOCKET).length <= SOCKET_PATH_BYTES;
}

/** Makes the folder 0700, or refuses one that belongs to somebody else or is a symlink. The answer is its real path. */
export function makeRunFolder(folder: string, uid: number): Result<string> {
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = Deno.lstatSync(folder);
    if (!found.isDirectory) return refuseFolder(folder, "it is not a folder", "remove it");
    if (found.uid !== uid) {
      return refuseFolder(folder, `it belongs to user ${found.uid}`, `remove it or own it as ${uid}`);
    }
    Deno.chmodSync(folder, 0o700);
    return ok(Deno.realPathSync(folder));
  } catch (error) {
    return refuseFolder(folder, (error as Error).message, "make its parent writable for this user");
  }
}

function refuseFolder(folder: string, reason: string, hint: string): Result<never> {
  return refuse(fault("conflict", `Cannot use ${folder} for sockets: ${reason}`, { hint, retriable: false }));
}

/** Removes sockets that a killed host left. Only the holder of the home's lock may call it. */
export function clearSockets(run: string): void {
  for (const { name } of Deno.readDirSync(run)) {
    if (/^(?:[kc]\.[0-9]+\.sock(?:\.new)?|k\.sock|control\.sock)$/.test(name)) removeIfThere(`${run}/${name}`);
  }
}

/** Removes a file; one that is gone already is as good. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Beside and renamed: readers see the old or the new text. */
export function writeWhole(path: string, text: string): void {
  const step = `${path}.new`;
  Deno.writeTextFileSync(step, text, { mode: 0o600 });
  Deno.renameSync(step, path);
}
