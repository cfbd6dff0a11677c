/** What a judge wants tried, as it says it: calls with their arguments, and what the candidate hears of services meanwhile. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { isPrivateName } from "../contract/names.ts";
import { HEADER_BOUNDS, type Payload } from "../contract/wire.ts";
import type { Rehearsal } from "../lifecycle/mod.ts";
import { isRecord } from "../primitives/check_fields.ts";
import { encodeValue } from "../primitives/value_codec.ts";

/** Calls of one rehearsal. */
export const MOST_PROBES = 64;
/** Recorded answers of one rehearsal. */
const MOST_ANSWERS = 256;
/** Less where there are many of them. */
const EACH_MS = 2_000;
/** All calls together end before the judge's own call does. */
const MOST_MS = 20_000;

export function parseRehearsal(value: unknown): Result<Rehearsal> {
  if (!isRecord(value)) return wrong("it is no map", "pass {calls, answers, each_ms}");
  const { calls = [], answers = {} } = value;
  if (!Array.isArray(calls) || calls.length > MOST_PROBES) {
    return wrong("'calls' is no list, or too long", `1 to ${MOST_PROBES} calls as {method, args, aspect}`);
  }
  const { each_ms = Math.min(EACH_MS, MOST_MS / Math.max(1, calls.length)) } = value;
  if (typeof each_ms !== "number" || !(each_ms > 0) || each_ms * Math.max(1, calls.length) > MOST_MS) {
    return wrong("'each_ms' is no time, or too long", `all calls together have ${MOST_MS} ms`);
  }
  const parsed: Rehearsal["calls"][number][] = [];
  for (const call of calls) {
    const { method, args = [], aspect = "default" } = isRecord(call) ? call : {};
    const payload = Array.isArray(args) ? encodeValue(args, "args") : undefined;
    if (!isName(method, HEADER_BOUNDS.name) || !isName(aspect, HEADER_BOUNDS.aspect) || !payload?.ok) {
      return wrong("one of 'calls' has no method, or arguments that can't travel", "{method, args: [...], aspect}");
    }
    parsed.push({ aspect, name: method, payload: payload.value });
  }
  const recorded = parseAnswers(answers);
  return recorded.ok ? ok({ calls: parsed, answers: recorded.value, each_ms }) : recorded;
}

function parseAnswers(answers: unknown): Result<Rehearsal["answers"]> {
  if (!isRecord(answers)) return wrong("'answers' is no map", "{api: {method: value}}");
  const parsed = new Map<string, ReadonlyMap<string, Payload>>();
  let count = 0;
  for (const [api, methods] of Object.entries(answers)) {
    if (!isRecord(methods)) return wrong(`the answers of '${api}' are no map`, "{api: {method: value}}");
    const of_api = new Map<string, Payload>();
    for (const [name, value] of Object.entries(methods)) {
      const payload = encodeValue(value, `answers.${api}.${name}`);
      if (!payload.ok) return payload;
      if (++count > MOST_ANSWERS) return wrong("there are too many 'answers'", `at most ${MOST_ANSWERS}`);
      of_api.set(name, payload.value);
    }
    parsed.set(api, of_api);
  }
  return ok(parsed);
}

function isName(value: unknown, most: number): value is string {
  return typeof value === "string" && value !== "" && value.length <= most && !isPrivateName(value);
}

function wrong(what: string, hint: string): Result<never> {
  return refuse(fault("invalid_argument", `that is no rehearsal: ${what}`, { hint }));
}
