import { parse, YamlSyntaxError } from "@std/yaml";
import { SOURCES } from "../contract/limits.ts";
import { META_DEFAULTS, type MetaConfig } from "../contract/meta_config.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { Misfit, misfit } from "./misfit.ts";
import { isRelativePath } from "./read_path.ts";
import { isMap, readBoolean, readInteger, readMap, readText } from "./read_value.ts";

/**
 * What configures the kernel, or why a meta file cannot be used: the end of the line `Failed to load kernel from
 * {file}: {reason}`.
 */
export type ParsedMeta =
  | { readonly ok: true; readonly value: MetaConfig }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a meta file. Refuses broken YAML, a missing `prog` or one that is no base name, `enable_sandboxing: false`,
 * unknown keys, wrong types.
 */
export function parseMeta(text: string): ParsedMeta {
  try {
    return { ok: true, value: readMeta(parse(text, { maxAliasCount: SOURCES.yaml_aliases })) };
  } catch (error) {
    if (error instanceof YamlSyntaxError) return { ok: false, reason: `broken YAML: ${error.message}` };
    if (error instanceof Misfit) return { ok: false, reason: error.message };
    throw error;
  }
}

const KEYS = ["prog", ...Object.keys(META_DEFAULTS)];

function readMeta(value: unknown): MetaConfig {
  if (!isMap(value ?? {})) misfit([], value, "a map of keys");
  const map = readMap(value, [], KEYS);
  if (map.prog === undefined || map.prog === null) throw new Misfit(["prog"], "missing 'prog'");
  const or = <T>(key: keyof typeof META_DEFAULTS, read: (value: unknown, path: ValuePath) => T): T =>
    map[key] === undefined || map[key] === null ? META_DEFAULTS[key] as T : read(map[key], [key]);
  return Object.freeze({
    prog: readText(map.prog, ["prog"], "the base name of a kernel's source, without folder or extension", isBaseName),
    enable_sandboxing: or("enable_sandboxing", readSandboxing),
    kv: or("kv", (v, at) => readBelow(v, at, "runtime/image/")),
    event_log: or("event_log", (v, at) => readBelow(v, at, "runtime/logs/")),
    log_max_mb: or("log_max_mb", (v, at) => readInteger(v, at, 1, MOST_LOG_MB)),
    log_keep: or("log_keep", (v, at) => readInteger(v, at, 1, MOST_LOGS)),
    log_keep_days: or("log_keep_days", (v, at) => readInteger(v, at, 0, MOST_DAYS)),
    max_cells_starting: or("max_cells_starting", (v, at) => readInteger(v, at, 1, MOST_CELLS)),
    warm_cells: or("warm_cells", (v, at) => readInteger(v, at, 0, MOST_CELLS)),
    cells_memory_mb: or("cells_memory_mb", (v, at) => readInteger(v, at, 0, MOST_CELLS_MB)),
    kernel_memory_mb: or("kernel_memory_mb", (v, at) => readInteger(v, at, LEAST_KERNEL_MB, MOST_KERNEL_MB)),
  });
}

/** MiB: more memory than any machine has. */
const MOST_CELLS_MB = 1_073_741_824;
/** More processes than any machine starts at once. */
const MOST_CELLS = 1_000;

/** A kernel takes 60 to 90 MB with a few modules: less than this would end it at once. */
const LEAST_KERNEL_MB = 128;
const MOST_KERNEL_MB = 1_048_576;

/** Beyond these a figure is a slip of the pen. */
const MOST_LOG_MB = 1_024;
const MOST_LOGS = 1_000;
const MOST_DAYS = 3_650;

function isBaseName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(text);
}

function readSandboxing(value: unknown, path: ValuePath): true {
  return readBoolean(value, path) || misfit(path, false, "true; there is no road without the fence");
}

/** The kernel may write in these folders of `runtime/` only, so a path elsewhere would fail later and say less. */
function readBelow(value: unknown, path: ValuePath, folder: string): string {
  return readText(value, path, `a path below ${folder}`, (text) => text.startsWith(folder) && isRelativePath(text));
}
