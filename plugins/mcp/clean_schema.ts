/**
 * A stranger's JSON Schema as one that this host may validate by and show to a model, or why it may not. What is taken is small, resolves within itself and has no
 * circles: a schema is a program for the validator, and a text for every prompt.
 */
import { cleanText } from "./clean_text.ts";

export type CleanSchema =
  | { readonly ok: true; readonly schema: Record<string, unknown> }
  | { readonly ok: false; readonly why: string };

/** Of all names and texts, each value counted as one more. */
export const SCHEMA_UNITS = 16_384;
export const SCHEMA_DEPTH = 16;
/** Of one text in it. */
const TEXT_UNITS = 512;
/** Places that the validator could come by if it followed every reference. */
export const EXPANDED = 4_096;
/** Keywords that give a schema another base, or lead somewhere else. */
const REFUSED = ["$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor", "$id", "id"];
const TEXTS = ["description", "title", "$comment"];
const LOCAL = /^#\/(?:\$defs|definitions)\/([A-Za-z0-9_.-]+)$/;

type Json = Record<string, unknown>;

export function cleanSchema(found: unknown): CleanSchema {
  try {
    if (!isMap(found)) return refused("it is no map");
    const { $schema: _, $id: __, ...rest } = found;
    const schema = new Copy().of(rest, 0) as Json;
    expand(schema, schema, [], { places: 0 });
    return { ok: true, schema };
  } catch (error) {
    if (error instanceof Unfit) return refused(error.message);
    throw error;
  }
}

class Unfit extends Error {}

class Copy {
  #units = 0;

  of(value: unknown, depth: number): unknown {
    if (depth > SCHEMA_DEPTH) throw new Unfit(`it is nested deeper than ${SCHEMA_DEPTH}`);
    this.#count(1 + (typeof value === "string" ? value.length : 0));
    if (Array.isArray(value)) return value.map((item) => this.of(item, depth + 1));
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, this.#member(key, child, depth)]));
  }

  #member(key: string, child: unknown, depth: number): unknown {
    if (key === "__proto__") throw new Unfit("it has the key '__proto__'");
    this.#count(key.length);
    const text = TEXTS.includes(key) && typeof child === "string" ? cleanText(child, TEXT_UNITS) : child;
    return this.of(text, depth + 1);
  }

  #count(more: number): void {
    this.#units += more;
    if (this.#units > SCHEMA_UNITS) throw new Unfit(`it has more than ${SCHEMA_UNITS} characters`);
  }
}

/** Goes wherever a validator could. `open`: the references in which it is. */
function expand(at: unknown, root: Json, open: readonly string[], count: { places: number }): void {
  if (++count.places > EXPANDED) throw new Unfit(`its references expand to more than ${EXPANDED} places`);
  if (Array.isArray(at)) {
    for (const item of at) expand(item, root, open, count);
  } else if (isMap(at)) {
    const refused = REFUSED.find((keyword) => typeof at[keyword] === "string");
    if (refused !== undefined) throw new Unfit(`it uses ${refused}`);
    if (typeof at["$ref"] === "string") expand(target(at["$ref"], root, open), root, [...open, at["$ref"]], count);
    for (const [key, child] of Object.entries(at)) {
      if (key !== "$defs" && key !== "definitions") expand(child, root, open, count);
    }
  }
}

function target(ref: string, root: Json, open: readonly string[]): unknown {
  const name = LOCAL.exec(ref)?.[1];
  if (name === undefined) throw new Unfit(`it refers to '${cleanText(ref, 80)}'; only #/$defs/NAME is followed`);
  if (open.includes(ref)) throw new Unfit(`it refers to itself by ${ref}`);
  const defs = root[ref.split("/")[1]!];
  if (!isMap(defs) || !Object.hasOwn(defs, name)) throw new Unfit(`it refers to ${ref}, which is not there`);
  return defs[name];
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refused(why: string): CleanSchema {
  return { ok: false, why };
}
