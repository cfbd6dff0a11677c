/** One-clause checks that the parsers of the verbs' params share. */
import { type Fault, fault, type Result } from "../contract/fault.ts";
import { API_NAME_RULE, isApiName } from "../contract/names.ts";
import type { ControlVerb } from "../contract/control.ts";

/** Params as they come off the socket, once it is known that they are a map with nothing but known keys. */
export type RawParams = Readonly<Record<string, unknown>>;

/** Refuses anything but a map, and any key that the verb does not know: a typing error must not pass in silence. */
export function checkMap(verb: ControlVerb, params: unknown, keys: readonly string[]): Result<RawParams> {
  if (typeof params !== "object" || params === null || Array.isArray(params) || params instanceof Uint8Array) {
    return { ok: false, fault: badParam(verb, `params must be a map, found ${describe(params)}`) };
  }
  const unknown_key = Object.keys(params).find((key) => !keys.includes(key));
  if (unknown_key !== undefined) {
    const allowed = keys.length === 0 ? "it takes no params" : `allowed: ${keys.join(", ")}`;
    return { ok: false, fault: badParam(verb, `unknown param ${describe(unknown_key)}; ${allowed}`) };
  }
  return { ok: true, value: params as RawParams };
}

/** The fault for an `api` that is not an api name, or undefined. */
export function checkApi(verb: ControlVerb, api: unknown): Fault | undefined {
  if (isApiName(api)) return undefined;
  return badParam(verb, `'api' must be ${API_NAME_RULE}; found ${describe(api)}`);
}

/** A fault that names the verb and what was wrong with its params. */
export function badParam(verb: ControlVerb, problem: string): Fault {
  return fault("invalid_argument", `${verb}: ${problem}`, { hint: `'help ${verb}' shows what it takes` });
}

/** A value in a few characters, for error texts. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "a list";
  return value === undefined ? "nothing" : `a value of type ${typeof value}`;
}
