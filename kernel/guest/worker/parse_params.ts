import { ok, refuse } from "../../contract/fault.ts";
import type { ParseParams, StandardIssue } from "../sdk/standard_schema.ts";
import type { AdmitParams } from "./check_params.ts";
import { join, missing, notOneMap, oneOf, paramsRefusal, shown, unknownName, wrong } from "./params_words.ts";

/** Admits what the tool's own schema parses, as it has parsed it: with its defaults and transforms. `schema` is its JSON Schema, for what to say. */
export function admitByParsing(called: string, schema: object, parse: ParseParams): AdmitParams {
  return async (params) => {
    const no_map = notOneMap(params);
    if (no_map !== undefined) return refuse(paramsRefusal(called, [no_map]));
    const outcome = await parse(params);
    if (outcome.issues === undefined) return ok(outcome.value);
    return refuse(paramsRefusal(called, outcome.issues.flatMap((issue) => complaintsOf(issue, "", schema, params))));
  };
}

/** What zod says beside message and path. Another library says less, and its message stands as it is. */
interface ZodIssue extends StandardIssue {
  readonly code?: string;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly ZodIssue[])[];
}

function complaintsOf(issue: ZodIssue, above: string, schema: object, params: unknown): string[] {
  const keys = (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part));
  const path = keys.reduce(join, above);
  const found = keys.reduce<unknown>((at, key) => own(at, key), params);
  const { code, expected, values, errors } = issue;
  if (code === "unrecognized_keys") {
    const known = keys.length === 0 && above === "" ? Object.keys(Object(own(schema, "properties"))) : undefined;
    return (issue.keys ?? []).map((key) =>
      known ? unknownName(join(path, key), known) : `"${join(path, key)}" is not known`
    );
  }
  const pass = code === "invalid_type"
    ? wordOf(expected)
    : code === "invalid_value"
    ? choiceOf(values)
    : unionOf(errors);
  if (pass !== undefined) {
    if (found === undefined && path !== "") return [missing(path, pass)];
    return [wrong(path, found, code === "invalid_value" ? pass : `${path} as ${pass}`)];
  }
  const nearest = [...errors ?? []].sort((a, b) => a.length - b.length)[0];
  if (nearest?.length) return nearest.flatMap((one) => complaintsOf(one, path, schema, found));
  return [`"${path || "params"}": ${issue.message}`];
}

/** As JSON Schema calls it. */
function wordOf(expected: string | undefined): string | undefined {
  return expected === "int" ? "integer" : expected === "record" || expected === "map" ? "object" : expected;
}

function choiceOf(values: readonly unknown[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  return values.length === 1 ? shown(values[0]) : oneOf(values);
}

/** "string or number", when each alternative wants another kind of value. */
function unionOf(errors: ZodIssue["errors"]): string | undefined {
  const words = errors?.map((issues) => {
    const [one] = issues;
    return issues.length === 1 && one!.code === "invalid_type" && !one!.path?.length
      ? wordOf(one!.expected)
      : undefined;
  });
  return words?.length && words.every((word) => word !== undefined) ? words.join(" or ") : undefined;
}

function own(from: unknown, key: string): unknown {
  return typeof from === "object" && from !== null && Object.hasOwn(from, key)
    ? (from as Record<string, unknown>)[key]
    : undefined;
}
