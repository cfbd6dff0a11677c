/** What of a home is worth keeping, and what each name there is. */
import { SHIPPED_PROGS } from "../../contract/shipped.ts";

export interface Entry {
  /** Relative to the home. */
  readonly path: string;
  /** `database`: a file of SQLite's, whose log files are not listed: a copy of the database has what is in them. */
  readonly kind: "folder" | "file" | "database" | "link";
  readonly mode: number;
  readonly size: number;
  readonly mtime: Date | null;
}

/** Beside them a home may hold anything, which is its owner's own to keep. */
const PARTS = ["configs", "plugins", "prompts", "kernel", "runtime"];
/** Sockets and locks mean nothing elsewhere; the cache is made again. */
const LEFT_OUT = ["runtime/run", "runtime/cache"];
const SQLITE_LOG = /-(?:wal|shm|journal)$/;
const SQLITE_MAGIC = "SQLite format 3\0";

/**
 * Folders before what is in them, everything else from the youngest to the oldest: a log that is put aside meanwhile is then copied twice, not
 * never. A part or a folder right below `runtime/` that is a link is followed, since the data is meant; any other link is kept as one.
 */
export async function findEntries(home: string, program: string): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  const walk = async (path: string, follow: boolean): Promise<void> => {
    if (LEFT_OUT.includes(path) || (home === program && isProgram(path))) return;
    const entry = await look(home, path, follow);
    if (entry === undefined) return;
    found.push(entry);
    if (entry.kind !== "folder") return;
    for (const name of await names(`${home}/${path}`)) await walk(`${path}/${name}`, path === "runtime");
  };
  for (const part of PARTS) await walk(part, true);
  const databases = new Set(found.filter(({ kind }) => kind === "database").map(({ path }) => path));
  const kept = found.filter(({ path }) => !SQLITE_LOG.test(path) || !databases.has(path.replace(SQLITE_LOG, "")));
  const age = ({ kind, mtime }: Entry) => kind === "folder" ? Infinity : mtime?.getTime() ?? 0;
  return kept.toSorted((a, b) => age(a) === age(b) ? 0 : age(b) - age(a));
}

/** In the program's own folder some of these parts are the program, which is not data and would not run from a copy of them alone. */
function isProgram(path: string): boolean {
  if (path === "kernel") return true;
  return SHIPPED_PROGS.some((prog) => path === `plugins/${prog}` || path === `plugins/${prog}.ts`);
}

/** Undefined for what can't be copied (a socket, a pipe) and for what has gone meanwhile. */
async function look(home: string, path: string, follow: boolean): Promise<Entry | undefined> {
  const full = `${home}/${path}`;
  try {
    const facts = await (follow ? Deno.stat : Deno.lstat)(full);
    const { size, mtime } = facts;
    const rest = { path, mode: (facts.mode ?? 0o600) & 0o7777, size, mtime };
    if (facts.isSymlink) return { ...rest, kind: "link" };
    if (facts.isDirectory) return { ...rest, kind: "folder" };
    if (!facts.isFile) return undefined;
    return { ...rest, kind: await isDatabase(full) ? "database" : "file" };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function isDatabase(full: string): Promise<boolean> {
  using file = await Deno.open(full);
  const bytes = new Uint8Array(SQLITE_MAGIC.length);
  const count = await file.read(bytes);
  return count === bytes.length && new TextDecoder().decode(bytes) === SQLITE_MAGIC;
}

async function names(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}
