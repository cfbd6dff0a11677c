import { fault, type FaultCode, FaultError } from "../../contract/fault.ts";
import type { WorkerInit } from "../port.ts";
import type { FileEntry, Files, FileStat } from "../sdk/files.ts";
import { protectedBy } from "./bound_path.ts";
import { read as readProperty } from "./describe_error.ts";
import { apply, freeze, getPrototypeOf, lastIndexOf, slice, uncurry } from "./primordials.ts";
import { type FolderChain, resolvePath } from "./resolve_path.ts";

const MOST_BYTES = 67_108_864;

/**
 * The exports of the builtin `files`, over functions of Deno taken while it is still there. A path is made real and used in one go, synchronously: nothing else of this
 * module runs in between, and no promise that it may have patched decides what is reached. What only informs (kind, size) may be awaited.
 */
export function filesBuiltin(
  { home, folders }: Pick<WorkerInit, "home" | "folders">,
): Readonly<Record<string, unknown>> {
  // Their synchronous twins `statSync` and `lstatSync` read the global `Deno` when they run, which is gone by then.
  const { stat, lstat } = Deno;
  const { realPathSync, readDirSync, readFileSync, writeFileSync, renameSync, removeSync, mkdirSync } = Deno;
  const isMissing = instanceTest(Deno.errors.NotFound);
  const encode = uncurry(TextEncoder.prototype.encode);
  const decode = uncurry(TextDecoder.prototype.decode);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const uuid = uncurry(crypto.randomUUID);
  const random = crypto;
  let chain: FolderChain | undefined;
  for (const { path, mode } of folders) chain = { path, mode, next: chain };
  const world = { home, folders: chain, realPath };

  function realPath(path: string): string | undefined {
    try {
      return realPathSync(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
  const readable = (path: string, follow = true) => resolvePath(world, path, "read", follow);

  function writable(path: string, follow = false): string {
    const { absolute, relative } = resolvePath(world, path, "write", follow);
    if (relative === ".") throw new FaultError(fault("denied", `Cannot write '${path}': it is the home itself`));
    return absolute;
  }

  const files = {
    async read(path: string, options: { as?: string; max_bytes?: number } = {}): Promise<string | Uint8Array> {
      const { isFile, size } = await stat(readable(path).absolute);
      if (!isFile) throw new FaultError(fault("invalid_argument", `Cannot read '${path}': it is no file`));
      bounded("read", path, size, options.max_bytes);
      const bytes = readFileSync(readable(path).absolute);
      return options.as === "text" ? decode(decoder, bytes) : bytes;
    },
    write(path: string, data: string | Uint8Array, options: { max_bytes?: number } = {}): number {
      if (typeof data !== "string" && !(data instanceof Uint8Array)) {
        throw new FaultError(
          fault("invalid_argument", `Cannot write '${path}': data is ${typeof data}; pass text or bytes`),
        );
      }
      const bytes = typeof data === "string" ? encode(encoder, data) : data;
      bounded("write", path, bytes.length, options.max_bytes);
      const absolute = writable(path, true);
      const folder = slice(absolute, 0, lastIndexOf(absolute, "/"));
      mkdirSync(folder, { recursive: true });
      const part = `${folder}/.${uuid(random)}.part`;
      try {
        writeFileSync(part, bytes);
        renameSync(part, absolute);
      } catch (error) {
        if (realPath(part) !== undefined) removeSync(part);
        throw error;
      }
      return bytes.length;
    },
    async list(path: string): Promise<FileEntry[]> {
      const { absolute, relative } = readable(path);
      const names: string[] = [];
      for (const { name } of readDirSync(absolute)) {
        if (protectedBy(relative === "." ? name : `${relative}/${name}`, "read") === undefined) names.push(name);
      }
      const entries: FileEntry[] = [];
      for (const name of names.sort()) {
        try {
          const facts = await lstat(readable(path === "." ? name : `${path}/${name}`, false).absolute);
          entries.push({ name, kind: facts.isSymlink ? "symlink" : kindOf(facts), size: facts.size });
        } catch (error) {
          if (!isMissing(error)) throw error; // else gone since
        }
      }
      return entries;
    },
    async stat(path: string): Promise<FileStat> {
      const facts = await stat(readable(path).absolute);
      return { kind: kindOf(facts), size: facts.size, mtime: facts.mtime?.getTime() ?? 0 };
    },
    realpath: (path: string): string => readable(path).absolute,
    rename: (from: string, to: string): void => renameSync(writable(from), writable(to)),
    remove(path: string, options: { recursive?: boolean } = {}): void {
      removeSync(writable(path), { recursive: options.recursive === true });
    },
  } satisfies Record<keyof Files, unknown>;

  const face: Record<string, unknown> = {};
  for (const [verb, act] of Object.entries(files)) {
    face[verb] = (...args: unknown[]) => attempt(verb, String(args[0]), () => apply(act, undefined, args));
  }
  return freeze(face);
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
async function attempt(verb: string, path: string, act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const name = typeof error === "object" && error !== null ? String(readProperty(error, "name")) : "Error";
    const code = CODES[name] ?? "conflict";
    const message = code === "not_found" ? `no such file: ${path}` : `Cannot ${verb} '${path}': ${reason(error)}`;
    throw new FaultError(fault(code, message));
  }
}

/** The system's words without the path they quote. */
function reason(error: unknown): string {
  const message = typeof error === "object" && error !== null ? readProperty(error, "message") : undefined;
  return typeof message === "string" ? message.replace(/[,:]? ['"`]?\/.*$/s, "") : "it failed";
}
