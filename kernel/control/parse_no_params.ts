/** Params of verbs that take none. */
import { ok, type Result } from "../contract/fault.ts";
import { checkMap } from "./params_checks.ts";

export function parseNoParams(
  verb: "state list" | "approvals" | "token list" | "proposals" | "stop" | "upgrade" | "ping",
  params: unknown,
): Result<Record<string, never>> {
  const map = checkMap(verb, params, []);
  return map.ok ? ok({}) : map;
}
