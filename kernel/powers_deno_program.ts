/** Files of the program that are inside its one file, at paths below that file: on the disk nothing can be there. */
import type { FileFacts, Files } from "./contract/powers.ts";
import { fault, FaultError } from "./contract/fault.ts";
import { PROGRAM, type Program } from "./program/mod.ts";
import { denoFiles } from "./powers_deno_files.ts";

/** Files below the folders that this process was given, and what the program brings along. */
export const allFiles: Files = PROGRAM.form === "sources" ? denoFiles : withProgram(denoFiles, PROGRAM);

/** What is inside can be read; nothing there can be written, and it does not change. Everything else is as it was. */
export function withProgram(files: Files, program: Pick<Program, "folder" | "read" | "list">): Files {
  const inside = (path: string) => path.startsWith(`${program.folder}/`) ? path.slice(program.folder.length + 1) : null;
  const read = async (name: string): Promise<Uint8Array | undefined> => {
    try {
      return await program.read(name);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
  const look = async (name: string): Promise<FileFacts | undefined> => {
    const common = { mtime_ms: 0, inode: 0, uid: 0 };
    const bytes = await read(name);
    if (bytes !== undefined) return { ...common, kind: "file", size: bytes.length, mode: 0o444 };
    return (await program.list(name)).length === 0 ? undefined : { ...common, kind: "folder", size: 0, mode: 0o555 };
  };
  const bounded = async (name: string, path: string, max_bytes: number) => {
    const bytes = await read(name);
    if (bytes !== undefined && bytes.length > max_bytes) {
      const message = `'${path}' is larger than ${max_bytes} bytes`;
      throw new FaultError(fault("too_large", message, { hint: `a file here may have ${max_bytes} bytes` }));
    }
    return bytes;
  };
  const facts = (path: string, other: Files["stat"]) => {
    const name = inside(path);
    return name === null ? other(path) : look(name);
  };
  return {
    ...files,
    stat: (path) => facts(path, files.stat),
    lstat: (path) => facts(path, files.lstat),
    realPath: async (path) => {
      const name = inside(path);
      if (name === null) return await files.realPath(path);
      return await look(name) === undefined ? undefined : path;
    },
    read: async (path, max_bytes) => {
      const name = inside(path);
      return name === null ? await files.read(path, max_bytes) : await bounded(name, path, max_bytes);
    },
    readText: async (path, max_bytes) => {
      const name = inside(path);
      if (name === null) return await files.readText(path, max_bytes);
      const bytes = await bounded(name, path, max_bytes);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    list: async (path) => {
      const name = inside(path);
      if (name === null) return await files.list(path);
      const below = await program.list(name);
      const first = new Map(below.map((one) => [one.split("/")[0]!, one.includes("/") ? "folder" : "file"] as const));
      return below.length === 0 ? undefined : [...first].map(([name, kind]) => ({ name, kind }));
    },
  };
}
