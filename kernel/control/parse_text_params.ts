/** Params of verbs that take one short text: an id, or a principal's name. */
import type { ControlVerb } from "../contract/control.ts";
import { API_NAME_RULE, isApiName } from "../contract/names.ts";
import { refuse, type Result } from "../contract/fault.ts";
import { badParam, checkMap, describe } from "./params_checks.ts";

/** What the text has to be, and how that is said. */
export interface TextRule {
  readonly fits: (text: string) => boolean;
  readonly rule: string;
}

export const ID: TextRule = {
  fits: (text) => /^[a-z0-9]{1,32}$/.test(text),
  rule: "an id of lower-case letters and digits, as the list shows it",
};
export const PRINCIPAL: TextRule = { fits: isApiName, rule: API_NAME_RULE };

export function parseTextParams<Key extends string>(
  verb: ControlVerb,
  key: Key,
  { fits, rule }: TextRule,
  params: unknown,
): Result<{ [K in Key]: string }> {
  const map = checkMap(verb, params, [key]);
  if (!map.ok) return map;
  const value = map.value[key];
  if (typeof value === "string" && fits(value)) return { ok: true, value: { [key]: value } as { [K in Key]: string } };
  return refuse(badParam(verb, `'${key}' must be ${rule}; found ${describe(value)}`));
}
