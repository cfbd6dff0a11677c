import { fault, type FaultCode, FaultError } from "../../contract/fault.ts";
import type { WorkerInit } from "../port.ts";
import type { FileEntry, Files, FileStat } from "../sdk/files.ts";
import { protectedBy } from "./bound_path.ts";
import { read as readProperty } from "./describe_error.ts";
import { freeze, getPrototypeOf, lastIndexOf, slice, uncurry } from "./primordials.ts";
import { type FolderChain, resolvePath } from "./resolve_path.ts";

const MOST_BYTES = 67_108_864;

/**
 * The exports of the builtin `files`, over functions of Deno taken while it is still there. They run synchronously: between looking at a path and using it nothing
 * else of this module runs, and no promise passes through what the module may have patched.
 */
export function filesBuiltin(
  { home, folders }: Pick<WorkerInit, "home" | "folders">,
): Readonly<Record<string, unknown>> {
  const { realPathSync, statSync, lstatSync, readDirSync, readFileSync, readTextFileSync } = Deno;
  const { writeFileSync, writeTextFileSync, renameSync, removeSync, mkdirSync } = Deno;
  const isMissing = instanceTest(Deno.errors.NotFound);
  let chain: FolderChain | undefined;
  for (const { path, mode } of folders) chain = { path, mode, next: chain };
  const world = { home, folders: chain, realPath: (path: string) => unlessMissing(() => realPathSync(path)) };
  const uuid = uncurry(crypto.randomUUID);
  const random = crypto;

  function unlessMissing<T>(look: () => T): T | undefined {
    try {
      return look();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  function existing(path: string) {
    const { absolute } = resolvePath(world, path, "read", true);
    return { absolute, stat: statSync(absolute) };
  }

  function target(path: string, follow = false): string {
    const { absolute, relative } = resolvePath(world, path, "write", follow);
    if (relative === ".") throw new FaultError(fault("denied", `Cannot write '${path}': it is the home itself`));
    return absolute;
  }

  const files = {
    read(path: string, options: { as?: string; max_bytes?: number } = {}) {
      const { absolute, stat } = existing(path);
      if (!stat.isFile) throw new FaultError(fault("invalid_argument", `Cannot read '${path}': it is no file`));
      bounded("read", path, stat.size, options.max_bytes);
      return options.as === "text" ? readTextFileSync(absolute) : readFileSync(absolute);
    },
    write(path: string, data: string | Uint8Array, options: { max_bytes?: number } = {}): number {
      if (typeof data !== "string" && !(data instanceof Uint8Array)) {
        throw new FaultError(
          fault("invalid_argument", `Cannot write '${path}': data is ${typeof data}; pass text or bytes`),
        );
      }
      bounded("write", path, data.length, options.max_bytes);
      const absolute = target(path, true);
      const folder = slice(absolute, 0, lastIndexOf(absolute, "/"));
      mkdirSync(folder, { recursive: true });
      const part = `${folder}/.${uuid(random)}.part`;
      try {
        if (typeof data === "string") writeTextFileSync(part, data);
        else writeFileSync(part, data);
        const size = statSync(part).size;
        bounded("write", path, size, options.max_bytes);
        renameSync(part, absolute);
        return size;
      } catch (error) {
        unlessMissing(() => removeSync(part));
        throw error;
      }
    },
    list(path: string): FileEntry[] {
      const { absolute, relative } = resolvePath(world, path, "read", true);
      const entries: FileEntry[] = [];
      for (const { name } of readDirSync(absolute)) {
        if (protectedBy(relative === "." ? name : `${relative}/${name}`, "read") !== undefined) continue;
        const stat = unlessMissing(() => lstatSync(`${absolute}/${name}`));
        if (stat) entries.push({ name, kind: stat.isSymlink ? "symlink" : kindOf(stat), size: stat.size });
      }
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    stat(path: string): FileStat {
      const { stat } = existing(path);
      return { kind: kindOf(stat), size: stat.size, mtime: stat.mtime?.getTime() ?? 0 };
    },
    realpath: (path: string): string => resolvePath(world, path, "read", true).absolute,
    rename: (from: string, to: string): void => renameSync(target(from), target(to)),
    remove(path: string, options: { recursive?: boolean } = {}): void {
      removeSync(target(path), { recursive: options.recursive === true });
    },
  };

  return freeze(
    {
      read: (path: string, options?: { as?: string; max_bytes?: number }) =>
        attempt("read", path, () => files.read(path, options)),
      write: (path: string, data: string | Uint8Array, options?: { max_bytes?: number }) =>
        attempt("write", path, () => files.write(path, data, options)),
      list: (path: string) => attempt("list", path, () => files.list(path)),
      stat: (path: string) => attempt("stat", path, () => files.stat(path)),
      realpath: (path: string) => attempt("resolve", path, () => files.realpath(path)),
      rename: (from: string, to: string) => attempt("rename", from, () => files.rename(from, to)),
      remove: (path: string, options?: { recursive?: boolean }) =>
        attempt("remove", path, () => files.remove(path, options)),
    } satisfies Record<keyof Files, unknown>,
  );
}

function bounded(verb: string, path: string, size: number, max_bytes: number = MOST_BYTES): void {
  if (size <= max_bytes) return;
  throw new FaultError(fault("too_large", `Cannot ${verb} '${path}': it has ${size} bytes; ${max_bytes} are allowed`));
}

function kindOf(stat: { isFile: boolean; isDirectory: boolean }): FileStat["kind"] {
  return stat.isFile ? "file" : stat.isDirectory ? "folder" : "other";
}

function instanceTest(kind: { prototype: object }): (error: unknown) => boolean {
  const { prototype } = kind;
  return (error) => typeof error === "object" && error !== null && getPrototypeOf(error) === prototype;
}

const CODES: Readonly<Record<string, FaultCode>> = {
  NotFound: "not_found",
  NotCapable: "denied",
  PermissionDenied: "denied",
  AlreadyExists: "conflict",
};

/** Does it, and turns what the system throws into a fault that names the path as it was asked for, never an absolute one. */
// deno-lint-ignore require-await -- what it throws must reach the caller as a rejection
async function attempt<T>(verb: string, path: string, act: () => T): Promise<T> {
  try {
    return act();
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const name = typeof error === "object" && error !== null ? String(readProperty(error, "name")) : "Error";
    const code = CODES[name] ?? "conflict";
    throw new FaultError(
      fault(code, code === "not_found" ? `no such file: ${path}` : `Cannot ${verb} '${path}': ${reason(error)}`),
    );
  }
}

/** The system's words without the path they quote. */
function reason(error: unknown): string {
  const message = typeof error === "object" && error !== null ? readProperty(error, "message") : undefined;
  return typeof message === "string" ? message.replace(/[,:]? ['"`]?\/.*$/s, "") : "it failed";
}
