/** Files, each caller's own: `runtime/files/<caller>/`, the home for the operator, and what `roots` in the config adds. */
import type { Config, Kernel, Tool } from "meta-machine";
import * as builtin from "files";
import type { FileEntry, Files, FileStat } from "files";
import { callerName } from "./caller_name.ts";
import { type FileContent, type FileWorld, list, readFile, remove, stat, writeFile } from "./file_operations.ts";
import { fileTools } from "./file_tools.ts";
import { parseRoots, type Root } from "./parse_roots.ts";
import { type Reach, reachOf } from "./reach.ts";

export class Module {
  readonly #kernel: Kernel;
  readonly #world: FileWorld;
  readonly #roots: ReadonlyMap<string, readonly Root[]>;

  constructor(kernel: Kernel, config: Config, files: Files = builtin) {
    this.#kernel = kernel;
    this.#world = { files, max_bytes: config.get("max_bytes", 4_194_304) };
    this.#roots = parseRoots(config.get("roots"));
  }

  /** `read_file({path, encoding})` or `read_file(path)` → `{content}`. */
  read_file(file: unknown): Promise<FileContent> {
    return readFile(this.#world, this.#reach(), paramsOf(["path"], [file]));
  }

  /** `write_file({path, content})` or `write_file(path, content)` → `{bytes}`. */
  write_file(file: unknown, content?: unknown): Promise<{ bytes: number }> {
    return writeFile(this.#world, this.#reach(), paramsOf(["path", "content"], [file, content]));
  }

  /** `list({path})`, `list(path)` or `list()` → `[{name, kind, size}]`. */
  list(folder?: unknown): Promise<FileEntry[]> {
    return list(this.#world, this.#reach(), paramsOf(["path"], [folder]));
  }

  /** `stat({path})` or `stat(path)` → `{kind, size, mtime}`. */
  stat(file: unknown): Promise<FileStat> {
    return stat(this.#world, this.#reach(), paramsOf(["path"], [file]));
  }

  /** `delete({path})` or `delete(path)` → `{deleted}`. */
  delete(file: unknown): Promise<{ deleted: true }> {
    return remove(this.#world, this.#reach(), paramsOf(["path"], [file]));
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") return fileTools((method, params) => this[method](params));
    throw new Error(`Aspect '${name}' not found.`);
  }

  #reach(): Reach {
    const name = callerName(this.#kernel.caller());
    return reachOf(name, this.#roots.get(name) ?? []);
  }
}

/** A method takes one map, or its arguments in order. */
function paramsOf(names: readonly string[], args: readonly unknown[]): Record<string, unknown> {
  const [first] = args;
  if (typeof first === "object" && first !== null && !(first instanceof Uint8Array)) return { ...first };
  return Object.fromEntries(names.map((name, index) => [name, args[index]]));
}
