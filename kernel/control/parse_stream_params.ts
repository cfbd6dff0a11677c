/** Params of `logs` and `events`: which records of the past, and whether those to come too. */
import type { ControlVerbs, FeedParams, LogRecord } from "../contract/control.ts";
import { type Fault, refuse, type Result } from "../contract/fault.ts";
import { parseRecordId } from "../primitives/record_id.ts";
import { CONTROL_BOUNDS } from "./control_bounds.ts";
import { badParam, checkApi, checkMap, describe, type RawParams } from "./params_checks.ts";

const FEED_KEYS = ["api", "follow", "lines", "grep", "since", "after"];
const LEVELS: readonly unknown[] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] satisfies LogRecord["level"][];
const GREP_LENGTH = 1_000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function parseLogsParams(params: unknown): Result<ControlVerbs["logs"]["params"]> {
  const map = checkMap("logs", params, [...FEED_KEYS, "level"]);
  if (!map.ok) return map;
  const { level } = map.value;
  if (level !== undefined && !LEVELS.includes(level)) {
    return refuse(badParam("logs", `'level' must be one of ${LEVELS.join(", ")}, found ${describe(level)}`));
  }
  const rest = parseFeed("logs", map.value);
  if (!rest.ok) return rest;
  return { ok: true, value: { ...rest.value, ...(level !== undefined && { level: level as LogRecord["level"] }) } };
}

export function parseEventsParams(params: unknown): Result<FeedParams> {
  const map = checkMap("events", params, FEED_KEYS);
  return map.ok ? parseFeed("events", map.value) : map;
}

function parseFeed(verb: "logs" | "events", raw: RawParams): Result<FeedParams> {
  const wrong = findWrong(verb, raw);
  if (wrong !== undefined) return refuse(wrong);
  const known = Object.entries(raw).filter(([key, value]) => FEED_KEYS.includes(key) && value !== undefined);
  return { ok: true, value: Object.fromEntries(known) as unknown as FeedParams };
}

function findWrong(
  verb: "logs" | "events",
  { api, follow, lines, grep, since, after }: RawParams,
): Fault | undefined {
  if (typeof follow !== "boolean") return badParam(verb, `'follow' must be true or false, found ${describe(follow)}`);
  const most = CONTROL_BOUNDS.lines;
  if (typeof lines !== "number" || !Number.isInteger(lines) || lines < 0 || lines > most) {
    return badParam(verb, `'lines' must be a whole number from 0 to ${most}, found ${describe(lines)}`);
  }
  if (grep !== undefined && !(typeof grep === "string" && grep.length > 0 && grep.length <= GREP_LENGTH)) {
    return badParam(verb, `'grep' must be a text of 1 to ${GREP_LENGTH} characters, found ${describe(grep)}`);
  }
  if (since !== undefined && !(typeof since === "string" && TIME.test(since))) {
    return badParam(verb, `'since' must be a time such as 2026-01-31T12:00:00.000Z, found ${describe(since)}`);
  }
  if (after !== undefined && parseRecordId(after) === undefined) {
    return badParam(verb, `'after' must be the id of a record, found ${describe(after)}`);
  }
  // A log also has lines of the host's own parts, whose names begin with '@' (a module's never does).
  return api === undefined ? undefined : checkApi(verb, typeof api === "string" ? api.replace(/^@/, "") : api);
}
