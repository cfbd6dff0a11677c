import { parse, YamlSyntaxError } from "@std/yaml";
import { type Limits, SOURCES } from "../contract/limits.ts";
import { API_NAME_RULE, type ApiName, isApiName } from "../contract/names.ts";
import type { Grants, ModuleSpec, Origin, Rejection } from "../contract/spec.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { CONFIGS } from "./derive_names.ts";
import { Misfit, misfit, show } from "./misfit.ts";
import { parseGrants } from "./parse_grants.ts";
import { lineOf, readCell } from "./parse_config.ts";
import { parseLimits } from "./parse_limits.ts";
import { parseRestart } from "./parse_restart.ts";
import { isMap, readChoice, readMap, readText } from "./read_value.ts";
import { reject } from "./rejection.ts";

/** What the operator has allowed, relative to the home. */
export const LOCK_FILE = `${CONFIGS}/plugins.lock`;

/** One api's line in the lock. */
export interface LockEntry {
  readonly origin: Origin;
  /** Where an `added` one was taken from. */
  readonly from: string;
  /** SHA-256 in hex of the source that was allowed, or "" where none was written (not for `added`). */
  readonly hash: string;
  /** What it may have at most. */
  readonly grants: Grants;
  /** Of an `added` one: limits above the defaults, how often it may fail before its quarantine, the shared cell it may sit in, and whether models may use its tools unasked. */
  readonly limits: Partial<Limits>;
  readonly restart: ModuleSpec["restart"];
  readonly cell: string;
  readonly approve: "ask" | "never";
}

export type Lock = ReadonlyMap<ApiName, LockEntry>;

/** The lock, or why it cannot be read: then nothing may start that only the lock can vouch for. */
export type ParsedLock =
  | { readonly ok: true; readonly value: Lock }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * Reads `configs/plugins.lock` (`api: {origin, hash, grants, limits, restart, cell, approve}`). A missing or empty lock has no lines. Refuses broken
 * YAML, unknown keys, wrong types.
 */
export function parseLock(text: string | undefined): ParsedLock {
  try {
    const map = parse(text ?? "", { maxAliasCount: SOURCES.yaml_aliases }) ?? {};
    if (!isMap(map)) misfit([], map, "a map of api names");
    return { ok: true, value: new Map(Object.entries(map).map(([api, line]) => [readApi(api), readEntry(line, api)])) };
  } catch (error) {
    if (error instanceof YamlSyntaxError) {
      return { ok: false, rejection: reject(LOCK_FILE, `broken YAML: ${error.message}`, { line: error.line }) };
    }
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, rejection: reject(LOCK_FILE, error.message, { line: lineOf(text ?? "", error.path) }) };
  }
}

function readApi(text: string): ApiName {
  if (!isApiName(text)) throw new Misfit([text], `found the api ${show(text)}, allowed: ${API_NAME_RULE}`);
  return text;
}

function readEntry(value: unknown, api: string): LockEntry {
  if (!isMap(value)) misfit([api], value, "a map of origin, hash, grants");
  const { origin, hash, grants, limits, restart, cell, approve } = readMap(value, [api], KEYS);
  const [kind, from] = readOrigin(origin, [api, "origin"]);
  const needed = kind === "added" || (hash !== undefined && hash !== null);
  return Object.freeze({
    origin: kind,
    from,
    hash: needed ? readText(hash, [api, "hash"], "a SHA-256 in hex", (text) => /^[0-9a-f]{64}$/.test(text)) : "",
    grants: parseGrants(grants, [api, "grants"]),
    limits: readLimits(limits, [api, "limits"]),
    restart: parseRestart(restart, [api, "restart"]),
    cell: cell === undefined || cell === null ? "own" : readCell(cell, [api, "cell"]),
    approve: approve === undefined || approve === null
      ? "ask"
      : readChoice(approve, [api, "approve"], ["ask", "never"]),
  });
}

const KEYS = ["origin", "hash", "grants", "limits", "restart", "cell", "approve"] as const;

/** Only those that are written. */
function readLimits(value: unknown, path: ValuePath): Partial<Limits> {
  const all = parseLimits(value, path);
  const written = isMap(value) ? Object.keys(value) : [];
  return Object.freeze(Object.fromEntries(written.map((name) => [name, all[name as keyof Limits]])));
}

function readOrigin(value: unknown, path: ValuePath): [Origin, from: string] {
  const text = readText(
    value,
    path,
    "shipped, local, added FROM",
    (text) => /^(?:shipped|local|added [^\p{C}]+)$/u.test(text),
  );
  return text.startsWith("added ") ? ["added", text.slice("added ".length)] : [text as Origin, ""];
}
