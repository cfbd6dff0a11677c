import type { FileFacts, Files } from "../../kernel/contract/powers.ts";

/** The part of the Files power that reads, over real files; `reads` names the files whose text was read. */
export function realFiles(reads: string[] = []): Files {
  const facts = (info: Deno.FileInfo): FileFacts => ({
    kind: kindOf(info),
    size: info.size,
    mtime_ms: info.mtime!.getTime(),
    inode: info.ino!,
    mode: info.mode!,
    uid: info.uid!,
  });
  const reading: Pick<Files, "readText" | "stat" | "lstat" | "realPath" | "list"> = {
    readText: async (path) => {
      reads.push(path);
      return await there(Deno.readTextFile(path));
    },
    stat: async (path) => await there(Deno.stat(path).then(facts)),
    lstat: async (path) => await there(Deno.lstat(path).then(facts)),
    realPath: async (path) => await there(Deno.realPath(path)),
    list: async (path) => {
      const entries = await there(Array.fromAsync(Deno.readDir(path)));
      return entries?.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
    },
  };
  return reading as Files;
}

function kindOf(entry: { isFile: boolean; isDirectory: boolean; isSymlink: boolean }): FileFacts["kind"] {
  return entry.isSymlink ? "symlink" : entry.isDirectory ? "folder" : entry.isFile ? "file" : "other";
}

async function there<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Runs `use` with a home that has these files, and takes it away afterwards. */
export async function withHome(
  files: Readonly<Record<string, string>>,
  use: (home: string) => Promise<void>,
): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "mm-config-" }));
  try {
    await writeFiles(home, files);
    await use(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** Writes files below a folder, with the folders they need. */
export async function writeFiles(home: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    const path = `${home}/${file}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
}
