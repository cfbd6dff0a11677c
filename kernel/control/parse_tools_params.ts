/** Params of `tools`: of one api or of all, and whose conversation it is for. */
import type { ControlVerbs } from "../contract/control.ts";
import { refuse, type Result } from "../contract/fault.ts";
import { badParam, checkApi, checkMap, describe } from "./params_checks.ts";
import { PRINCIPAL } from "./parse_text_params.ts";

export function parseToolsParams(params: unknown): Result<ControlVerbs["tools"]["params"]> {
  const map = checkMap("tools", params, ["api", "principal"]);
  if (!map.ok) return map;
  const { api, principal } = map.value;
  const wrong = api === undefined ? undefined : checkApi("tools", api);
  if (wrong !== undefined) return refuse(wrong);
  if (principal !== undefined && !(typeof principal === "string" && PRINCIPAL.fits(principal))) {
    return refuse(badParam("tools", `'principal' must be ${PRINCIPAL.rule}; found ${describe(principal)}`));
  }
  return {
    ok: true,
    value: {
      ...(api !== undefined && { api: api as string }),
      ...(principal !== undefined && { principal: principal as string }),
    },
  };
}
