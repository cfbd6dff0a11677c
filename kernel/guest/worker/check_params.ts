import { type Fault, fault } from "../../contract/fault.ts";
import { toolName } from "../../contract/tool_spec.ts";

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

/** Checks the params of one tool. */
export type CheckParams = (params: unknown) => Fault | undefined;

const MOST_COMPLAINTS = 10;
/** Keywords that only say that something further down is wrong. */
const ENVELOPES = ["properties", "items", "prefixItems", "$ref", "allOf", "additionalItems", "patternProperties", "if"];

/** A check of a tool's params against its schema: the refusal names each path, what was expected and what was found. */
export function paramsCheck(library: ValidatorLibrary, api: string, entry: string, schema: object): CheckParams {
  const called = toolName(api, entry) ?? `${api}.${entry}`;
  const validator = new library.Validator(schema, "2020-12", false);
  return (params) => {
    if (typeof params !== "object" || params === null || Array.isArray(params)) {
      return refusal(called, [`its params are ${kindOf(params)}; pass one map of params`]);
    }
    const { valid, errors } = validator.validate(params);
    if (valid) return undefined;
    const telling = errors.filter(({ keyword }) => !ENVELOPES.includes(keyword));
    const complaints = (telling.length > 0 ? telling : errors).flatMap((unit) => complaintsOf(unit, schema, params));
    return refusal(called, [...new Set(complaints)]);
  };
}

function refusal(called: string, complaints: readonly string[]): Fault {
  const shown = complaints.slice(0, MOST_COMPLAINTS);
  if (shown.length < complaints.length) shown.push(`and ${complaints.length - shown.length} more`);
  return fault("invalid_argument", `Cannot call ${called}: ${shown.join(". ")}`, {
    hint: "`tools` shows the params that each tool takes",
  });
}

function complaintsOf(unit: Unit, schema: object, params: object): string[] {
  const rule = follow(schema, unit.keywordLocation);
  const found = follow(params, unit.instanceLocation);
  const path = pathOf(unit.instanceLocation);
  const holder = follow(schema, unit.keywordLocation.replace(/\/[^/]*$/, "")) as Record<string, unknown> | undefined;
  switch (unit.keyword) {
    case "required": {
      const missing = (Array.isArray(rule) ? rule : []).filter((name) => !Object.hasOwn(Object(found), name));
      if (missing.length === 0) break;
      return missing.map((name) => {
        const expected = wanted((holder?.["properties"] as Record<string, unknown> | undefined)?.[name]);
        return `"${join(path, name)}" is missing; pass ${join(path, name)}${expected && ` as ${expected}`}`;
      });
    }
    case "type":
      return [`"${path}" is ${shown(found)}; pass ${path} as ${wanted({ type: rule })}`];
    case "enum":
      return [`"${path}" is ${shown(found)}; pass one of ${(rule as unknown[]).map((one) => shown(one)).join(", ")}`];
    case "const":
      return [`"${path}" is ${shown(found)}; pass ${shown(rule)}`];
    case "additionalProperties":
    case "unevaluatedProperties": {
      const known = Object.keys(Object(holder?.["properties"]));
      const extra = Object.keys(Object(found)).filter((name) => !known.includes(name));
      if (rule !== false || extra.length === 0) break;
      const takes = known.length > 0 ? `it takes ${known.join(", ")}` : "it takes no params";
      return extra.map((name) => `"${join(path, name)}" is not known; ${takes}`);
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

function join(path: string, part: string): string {
  return path === "" ? part : /^[0-9]+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`;
}

function wanted(schema: unknown): string {
  if (typeof schema !== "object" || schema === null) return "";
  const { type, enum: choices } = schema as { type?: unknown; enum?: unknown };
  if (Array.isArray(choices)) return `one of ${choices.map((one) => shown(one)).join(", ")}`;
  return (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string").join(" or ");
}

function kindOf(value: unknown): string {
  return value === null
    ? "null"
    : value === undefined
    ? "missing"
    : Array.isArray(value)
    ? "a list"
    : `a ${typeof value}`;
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
