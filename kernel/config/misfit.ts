import { closestName } from "../primitives/closest_names.ts";
import type { ValuePath } from "../std/yaml_lines.ts";

/**
 * A value that does not fit, as the validators of this folder throw it. It never leaves the folder: parse_config.ts,
 * parse_lock.ts and parse_meta.ts turn it into a refusal that names file and line.
 */
export class Misfit extends Error {
  override readonly name = "Misfit";
  constructor(readonly path: ValuePath, message: string, readonly hint?: string) {
    super(message);
  }
}

/** Refuses the value at `path`: what was found, what is allowed. */
export function misfit(path: ValuePath, found: unknown, allowed: string): never {
  return misfitSaying(path, show(found), allowed);
}

/** As {@linkcode misfit}, for what is better told in words than shown. */
export function misfitSaying(path: ValuePath, found: string, allowed: string, hint?: string): never {
  throw new Misfit(path, `${showPath(path)}found ${found}, allowed: ${allowed}`, hint);
}

/** Refuses a key that nobody reads there. */
export function unknownKey(path: ValuePath, key: string, allowed: readonly string[]): never {
  const message = `${showPath(path)}found the unknown key ${show(key)}, allowed: ${allowed.join(", ")}`;
  const meant = closestName(key, allowed);
  throw new Misfit([...path, key], message, meant && `was ${meant} meant? what ran before keeps running`);
}

/** A found value in a few safe characters: one line, nothing invisible, no more than a person reads. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value instanceof Date) return "a date";
  if (value instanceof Uint8Array) return "bytes";
  if (typeof value === "object" && value !== null) return "a map";
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "string") return String(value);
  const text = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

const SHOWN = 80;

function showPath(path: ValuePath): string {
  if (path.length === 0) return "";
  const text = path.map((step, i) => typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`).join("");
  return `${text}: `;
}
