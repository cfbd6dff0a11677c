/** The words in which params of a tool are refused: the same whatever checked them. */
import { type Fault, fault } from "../../contract/fault.ts";

const MOST_COMPLAINTS = 10;

/** The refusal of a call, with everything that is wrong with its params. */
export function paramsRefusal(called: string, complaints: readonly string[]): Fault {
  const all = [...new Set(complaints)];
  const told = all.slice(0, MOST_COMPLAINTS);
  if (told.length < all.length) told.push(`and ${all.length - told.length} more`);
  return fault("invalid_argument", `Cannot call ${called}: ${told.join(". ")}`, {
    hint: "`tools` shows the params that each tool takes",
  });
}

/** What is wrong with params that are not a map at all. */
export function notOneMap(params: unknown): string | undefined {
  if (typeof params === "object" && params !== null && !Array.isArray(params)) return undefined;
  return `its params are ${kindOf(params)}; pass one map of params`;
}

export function missing(path: string, expected: string): string {
  return `"${path}" is missing; pass ${path}${expected && ` as ${expected}`}`;
}

export function wrong(path: string, found: unknown, pass: string): string {
  return `"${path}" is ${shown(found)}; pass ${pass}`;
}

export function unknownName(path: string, known: readonly string[]): string {
  return `"${path}" is not known; ${known.length > 0 ? `it takes ${known.join(", ")}` : "it takes no params"}`;
}

export function oneOf(choices: readonly unknown[]): string {
  return `one of ${choices.map((one) => shown(one)).join(", ")}`;
}

/** A path of one more name; a number is an index. */
export function join(path: string, part: string): string {
  return path === "" ? part : /^[0-9]+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`;
}

export function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
