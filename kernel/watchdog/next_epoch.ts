/** Epochs name kernels. They grow over restarts of the watchdog too, so that nothing an old kernel made is mistaken for a new one's. */
import { writeWhole } from "./run_folder.ts";

/** The epoch after the last one written to the file; it is written before it is used. */
export function nextEpoch(file: string, now_ms: number): number {
  const next = followingEpoch(readOrUndefined(file), now_ms);
  writeWhole(file, `${next}\n`);
  return next;
}

/** A file that is no number has lost its count: seconds since 1970 are beyond any count that starts at one. */
export function followingEpoch(text: string | undefined, now_ms: number): number {
  if (text === undefined) return 1;
  const last = /^[0-9]{1,12}\n?$/.test(text) ? Number(text) : undefined;
  return last === undefined ? Math.floor(now_ms / 1_000) : last + 1;
}

function readOrUndefined(file: string): string | undefined {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
