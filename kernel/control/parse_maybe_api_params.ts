/** Params of `status`: one api, or all of them. */
import { refuse, type Result } from "../contract/fault.ts";
import { checkApi, checkMap } from "./params_checks.ts";

export function parseMaybeApiParams(verb: "status", params: unknown): Result<{ api?: string }> {
  const map = checkMap(verb, params, ["api"]);
  if (!map.ok) return map;
  if (map.value.api === undefined) return { ok: true, value: {} };
  const wrong = checkApi(verb, map.value.api);
  if (wrong !== undefined) return refuse(wrong);
  return { ok: true, value: { api: map.value.api as string } };
}
