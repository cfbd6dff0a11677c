/** A SQLite database that others write to, as of one moment. */
import { backup, DatabaseSync } from "node:sqlite";
import { type CopiedFile, sumFile } from "./copy_file.ts";

/** Pages between two looks at the progress. */
const PAGES_AT_ONCE = 1_000;
/** A database without a write-ahead log is closed to readers while one writes. */
const BUSY_MS = 30_000;
/** Result codes of SQLite's for a file that only begins like a database of its. */
const NOT_A_DATABASE = [11, 26];

/**
 * Copies page by page within one read transaction: without it, SQLite begins anew whenever somebody writes, which under load is for ever. What is
 * committed when it begins is in the copy; with a write-ahead log nobody waits meanwhile. Undefined when the file is no database after all.
 */
export async function copyDatabase(
  from: string,
  to: string,
  { mode, progress }: { readonly mode: number; readonly progress: (share: number) => void },
): Promise<CopiedFile | undefined> {
  try {
    const source = openToRead(from);
    try {
      await backup(source, to, {
        rate: PAGES_AT_ONCE,
        progress: ({ totalPages, remainingPages }) => progress(1 - remainingPages / totalPages),
      });
    } finally {
      source.close();
    }
  } catch (error) {
    if (!NOT_A_DATABASE.includes((error as { errcode?: number }).errcode ?? 0)) throw error;
    await Deno.remove(to).catch(() => {});
    return undefined;
  }
  await Deno.chmod(to, mode);
  return await sumFile(to);
}

/** What a killed writer left half-done can be undone by one who may write only; then it is, as its next opening would have done. */
function openToRead(path: string): DatabaseSync {
  try {
    return begin(path, true);
  } catch (error) {
    if (NOT_A_DATABASE.includes((error as { errcode?: number }).errcode ?? 0)) throw error;
    return begin(path, false);
  }
}

function begin(path: string, readOnly: boolean): DatabaseSync {
  const source = new DatabaseSync(path, { readOnly, timeout: BUSY_MS });
  try {
    source.exec("begin");
    source.prepare("select count(*) from sqlite_schema").get(); // a transaction begins with its first statement
    return source;
  } catch (error) {
    source.close();
    throw error;
  }
}
