import { ok, refuse, type Result } from "../../contract/fault.ts";
import { join, missing, notOneMap, oneOf, paramsRefusal, shown, unknownName, wrong } from "./params_words.ts";

/** One complaint of the validator, as @cfworker/json-schema gives it. */
interface Unit {
  readonly keyword: string;
  readonly keywordLocation: string;
  readonly instanceLocation: string;
  readonly error: string;
}

/** What the validator's module exports, as far as it is used. */
export interface ValidatorLibrary {
  readonly Validator: new (schema: object, draft: string, shortCircuit: boolean) => {
    validate(value: unknown): { readonly valid: boolean; readonly errors: readonly Unit[] };
  };
}

/** The params of one call as the tool's run gets them, or why they are refused. */
export type AdmitParams = (params: unknown) => Result<unknown> | Promise<Result<unknown>>;

/** Keywords that only say that something further down is wrong. */
const ENVELOPES = ["properties", "items", "prefixItems", "$ref", "allOf", "additionalItems", "patternProperties", "if"];

/** Admits what the JSON Schema of a tool admits, as it is: a refusal names each path, what was expected and what was found. */
export function admitBySchema(library: ValidatorLibrary, called: string, schema: object): AdmitParams {
  const validator = new library.Validator(schema, "2020-12", false);
  return (params) => {
    const no_map = notOneMap(params);
    if (no_map !== undefined) return refuse(paramsRefusal(called, [no_map]));
    const { valid, errors } = validator.validate(params);
    if (valid) return ok(params);
    const telling = errors.filter(({ keyword }) => !ENVELOPES.includes(keyword));
    const complaints = (telling.length > 0 ? telling : errors).flatMap((unit) => complaintsOf(unit, schema, params));
    return refuse(paramsRefusal(called, complaints));
  };
}

function complaintsOf(unit: Unit, schema: object, params: unknown): string[] {
  const rule = follow(schema, unit.keywordLocation);
  const found = follow(params, unit.instanceLocation);
  const path = pathOf(unit.instanceLocation);
  const holder = follow(schema, unit.keywordLocation.replace(/\/[^/]*$/, "")) as Record<string, unknown> | undefined;
  switch (unit.keyword) {
    case "required": {
      const absent = (Array.isArray(rule) ? rule : []).filter((name) => !Object.hasOwn(Object(found), name));
      if (absent.length === 0) break;
      const properties = holder?.["properties"] as Record<string, unknown> | undefined;
      return absent.map((name) => missing(join(path, name), wanted(properties?.[name])));
    }
    case "type":
      return [wrong(path, found, `${path} as ${wanted({ type: rule })}`)];
    case "enum":
      return [wrong(path, found, oneOf(rule as unknown[]))];
    case "const":
      return [wrong(path, found, shown(rule))];
    case "additionalProperties":
    case "unevaluatedProperties": {
      const known = Object.keys(Object(holder?.["properties"]));
      const extra = Object.keys(Object(found)).filter((name) => !known.includes(name));
      if (rule !== false || extra.length === 0) break;
      return extra.map((name) => unknownName(join(path, name), known));
    }
    case "false":
      return [];
  }
  return [`"${path || "params"}": ${unit.error}`];
}

/** What a JSON pointer of the validator (`#/a/0/b`) points at; undefined where it leads nowhere, as after a `$ref`. */
function follow(from: unknown, pointer: string): unknown {
  let at = from;
  for (const part of pointer.split("/").slice(1)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    at = typeof at === "object" && at !== null && Object.hasOwn(at, key)
      ? (at as Record<string, unknown>)[key]
      : undefined;
  }
  return at;
}

function pathOf(pointer: string): string {
  const parts = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return parts.reduce(join, "");
}

function wanted(schema: unknown): string {
  if (typeof schema !== "object" || schema === null) return "";
  const { type, enum: choices } = schema as { type?: unknown; enum?: unknown };
  if (Array.isArray(choices)) return oneOf(choices);
  return (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string").join(" or ");
}
