/** Params of `call`: what is called, and with which arguments. Whether there is such a thing is the broker's to say. */
import { refuse, type Result } from "../contract/fault.ts";
import { HEADER_BOUNDS } from "../contract/wire.ts";
import { badParam, checkApi, checkMap, describe } from "./params_checks.ts";

export interface CallParams {
  api: string;
  method: string;
  args: readonly unknown[];
  aspect?: string;
}

export function parseCallParams(params: unknown): Result<CallParams> {
  const map = checkMap("call", params, ["api", "method", "args", "aspect"]);
  if (!map.ok) return map;
  const { api, method, args, aspect } = map.value;
  const wrong = checkApi("call", api);
  if (wrong !== undefined) return refuse(wrong);
  if (!isName(method, HEADER_BOUNDS.name)) return refuse(badName("method", HEADER_BOUNDS.name, method));
  if (!Array.isArray(args)) return refuse(badParam("call", `'args' must be a list, found ${describe(args)}`));
  if (aspect !== undefined && !isName(aspect, HEADER_BOUNDS.aspect)) {
    return refuse(badName("aspect", HEADER_BOUNDS.aspect, aspect));
  }
  return {
    ok: true,
    value: { api: api as string, method, args, ...(aspect !== undefined && { aspect }) },
  };
}

function isName(value: unknown, longest: number): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= longest;
}
function badName(field: string, longest: number, found: unknown) {
  return badParam("call", `'${field}' must be a text of 1 to ${longest} characters, found ${describe(found)}`);
}
