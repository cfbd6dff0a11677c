/** Params of `tool`: who asks, for what, with which params. Whether there is such a tool, and whether it takes these, is said later. */
import type { ControlVerbs } from "../contract/control.ts";
import { refuse, type Result } from "../contract/fault.ts";
import { HEADER_BOUNDS } from "../contract/wire.ts";
import { isRecord } from "../primitives/check_fields.ts";
import { badParam, checkMap, describe } from "./params_checks.ts";
import { PRINCIPAL } from "./parse_text_params.ts";

export function parseToolParams(params: unknown): Result<ControlVerbs["tool"]["params"]> {
  const map = checkMap("tool", params, ["principal", "tool", "params"]);
  if (!map.ok) return map;
  const { principal, tool, params: given = {} } = map.value;
  if (!(typeof principal === "string" && PRINCIPAL.fits(principal))) {
    return refuse(badParam("tool", `'principal' must be ${PRINCIPAL.rule}; found ${describe(principal)}`));
  }
  if (!(typeof tool === "string" && tool.length > 0 && tool.length <= HEADER_BOUNDS.name)) {
    const rule = `a text of 1 to ${HEADER_BOUNDS.name} characters`;
    return refuse(badParam("tool", `'tool' must be ${rule}, found ${describe(tool)}`));
  }
  if (!isRecord(given)) return refuse(badParam("tool", `'params' must be a map, found ${describe(given)}`));
  return { ok: true, value: { principal, tool, params: given } };
}
