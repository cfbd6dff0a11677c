/** Who holds the home's lock: a host runs there exactly as long as somebody does. */
import { join } from "@std/path";

export type LockHolder =
  | { readonly state: "free" }
  /** `pid` as the holder wrote it, when it did. */
  | { readonly state: "held"; readonly pid?: number };

export function lockFile(home: string): string {
  return join(home, "runtime/run/lock");
}

/** Asks the system, not the file: a holder that died holds nothing. A shared lock, for an instant, so that two commands can look at once. */
export async function lockHolder(home: string): Promise<LockHolder> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(lockFile(home));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return { state: "free" };
    if (error instanceof Deno.errors.PermissionDenied) return { state: "held" }; // another user's, or it would not be closed to us
    throw error;
  }
  try {
    if (file.tryLockSync(false)) {
      file.unlockSync();
      return { state: "free" };
    }
  } finally {
    file.close();
  }
  const pid = Number((await Deno.readTextFile(lockFile(home))).trim().split(/\s/)[0]);
  return Number.isInteger(pid) && pid > 0 ? { state: "held", pid } : { state: "held" };
}
