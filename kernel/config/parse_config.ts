import { parse, YamlSyntaxError } from "@std/yaml";
import { SOURCES } from "../contract/limits.ts";
import { API_NAME_RULE, type ApiName, isApiName } from "../contract/names.ts";
import type { ModuleSpec, Rejection } from "../contract/spec.ts";
import { linesOf, type ValuePath } from "../std/yaml_lines.ts";
import { deriveNames } from "./derive_names.ts";
import { guessApi } from "./guess_api.ts";
import { Misfit, misfit } from "./misfit.ts";
import { parseGrants } from "./parse_grants.ts";
import { MOST_MILLISECONDS, parseLimits } from "./parse_limits.ts";
import { parseOwn } from "./parse_own.ts";
import { parseRestart } from "./parse_restart.ts";
import { isMap, readChoice, readInteger, readText } from "./read_value.ts";
import { reject } from "./rejection.ts";

/** How long an `on_call` module's cell is kept after its last call, unless `idle_ms` says otherwise. */
export const DEFAULT_IDLE_MS = 60_000;

/** A config as it stands in its file, or why it cannot be used as written. */
export type ParsedConfig =
  | { readonly ok: true; readonly spec: ModuleSpec }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * Reads one config file, defaults filled in; an empty file is a module with all defaults. Refuses broken YAML and
 * everything out of the rules with file, line, what was found and what is allowed; the rejection bears the api wherever
 * it can be told.
 */
export function parseConfig({ file, text }: { readonly file: string; readonly text: string }): ParsedConfig {
  let map: unknown;
  try {
    map = parse(text, { maxAliasCount: SOURCES.yaml_aliases }) ?? {};
    if (!isMap(map)) misfit([], map, "a map of keys, or an empty file");
    return { ok: true, spec: readSpec(file, map) };
  } catch (error) {
    if (error instanceof YamlSyntaxError) {
      const message = `broken YAML: ${error.message}`;
      return { ok: false, rejection: reject(file, message, { line: error.line, api: guessApi(file, text) }) };
    }
    if (!(error instanceof Misfit)) throw error;
    const facts = { line: lineOf(text, error.path), api: apiOf(file, map), ...(error.hint && { hint: error.hint }) };
    return { ok: false, rejection: reject(file, error.message, facts) };
  }
}

/** The line of a path, or of the nearest part of it that has one. */
export function lineOf(text: string, path: ValuePath): number | undefined {
  const line = linesOf(text);
  for (let length = path.length; length > 0; length--) {
    const found = line(path.slice(0, length));
    if (found !== undefined) return found;
  }
  return line([]);
}

/** Keys that the host reads; every other one is the module's own. */
export const CONFIG_KEYS = [
  "api",
  "prog",
  "grants",
  "limits",
  "restart",
  "reload",
  "start",
  "idle_ms",
  "cell",
  "approve",
] as const;

function readSpec(file: string, map: Record<string, unknown>): ModuleSpec {
  const { path, version } = deriveNames(file);
  const or = <T>(key: typeof CONFIG_KEYS[number], value: T, read: (value: unknown, path: ValuePath) => T): T =>
    map[key] === undefined || map[key] === null ? value : read(map[key], [key]);
  return Object.freeze({
    api: readApi(map.api ?? path),
    prog: readProg(map.prog ?? path),
    config: file,
    version,
    grants: parseGrants(map.grants, ["grants"]),
    limits: parseLimits(map.limits, ["limits"]),
    restart: parseRestart(map.restart, ["restart"]),
    reload: or<ModuleSpec["reload"]>(
      "reload",
      "blue_green",
      (v, at) => readChoice(v, at, ["blue_green", "stop_start"]),
    ),
    start: or<ModuleSpec["start"]>("start", "eager", (v, at) => readChoice(v, at, ["eager", "on_call"])),
    idle_ms: or("idle_ms", DEFAULT_IDLE_MS, (v, at) => readInteger(v, at, 1, MOST_MILLISECONDS)),
    cell: or("cell", "own", readCell),
    approve: or<ModuleSpec["approve"]>("approve", "ask", (v, at) => readChoice(v, at, ["ask", "never"])),
    own: parseOwn(map, CONFIG_KEYS),
  });
}

function readApi(value: unknown): ApiName {
  return readText(value, ["api"], `${API_NAME_RULE}; set api: or rename the file`, isApiName) as ApiName;
}

/** The same pattern as an api name: it becomes a path, and nothing in it may lead anywhere but down. */
function readProg(value: unknown): string {
  const allowed = `the path of a source below plugins/ without extension, ${API_NAME_RULE}`;
  return readText(value, ["prog"], allowed, isApiName);
}

/** Throws Misfit. */
export function readCell(value: unknown, path: ValuePath): string {
  const allowed = "own, or a name: a letter followed by up to 31 letters, digits, '_' or '-'";
  return readText(value, path, allowed, (text) => /^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(text));
}

function apiOf(file: string, map: unknown): ApiName | undefined {
  if (!isMap(map) || map.api === undefined || map.api === null) return guessApi(file);
  return isApiName(map.api) ? map.api : undefined;
}
