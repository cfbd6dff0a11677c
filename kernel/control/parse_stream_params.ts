/** Params of `logs` and `events`: how many lines of the past, and whether the future too. */
import { refuse, type Result } from "../contract/fault.ts";
import { CONTROL_BOUNDS } from "./control_bounds.ts";
import { badParam, checkApi, checkMap, describe, type RawParams } from "./params_checks.ts";

export interface EventsParams {
  follow: boolean;
  lines: number;
}
export interface LogsParams extends EventsParams {
  api?: string;
}

export function parseLogsParams(params: unknown): Result<LogsParams> {
  const map = checkMap("logs", params, ["api", "follow", "lines"]);
  if (!map.ok) return map;
  const { api } = map.value;
  // A log also has lines of the host's own parts, whose names begin with '@' (a module's never does).
  const wrong = api === undefined ? undefined : checkApi("logs", typeof api === "string" ? api.replace(/^@/, "") : api);
  if (wrong !== undefined) return refuse(wrong);
  const rest = parseFollow("logs", map.value);
  if (!rest.ok) return rest;
  return { ok: true, value: { ...rest.value, ...(api !== undefined && { api: api as string }) } };
}

export function parseEventsParams(params: unknown): Result<EventsParams> {
  const map = checkMap("events", params, ["follow", "lines"]);
  return map.ok ? parseFollow("events", map.value) : map;
}

function parseFollow(verb: "logs" | "events", { follow, lines }: RawParams): Result<EventsParams> {
  if (typeof follow !== "boolean") {
    return refuse(badParam(verb, `'follow' must be true or false, found ${describe(follow)}`));
  }
  const most = CONTROL_BOUNDS.lines;
  if (typeof lines !== "number" || !Number.isInteger(lines) || lines < 0 || lines > most) {
    return refuse(badParam(verb, `'lines' must be a whole number from 0 to ${most}, found ${describe(lines)}`));
  }
  return { ok: true, value: { follow, lines } };
}
