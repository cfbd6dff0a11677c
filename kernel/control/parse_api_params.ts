/** Params of verbs that take one api. */
import { refuse, type Result } from "../contract/fault.ts";
import { checkApi, checkMap } from "./params_checks.ts";

type ApiVerb = "reload" | "enable" | "disable" | "quarantine lift" | "state drop" | "rollback";

export function parseApiParams(verb: ApiVerb, params: unknown): Result<{ api: string }> {
  const map = checkMap(verb, params, ["api"]);
  if (!map.ok) return map;
  const wrong = checkApi(verb, map.value.api);
  if (wrong !== undefined) return refuse(wrong);
  return { ok: true, value: { api: map.value.api as string } };
}
