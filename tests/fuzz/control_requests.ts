/** What comes over the operator's socket from who is no operator: requests that are none, requests of odd params, pieces of anything, cancels. */
import type { Random } from "./random.ts";
import { anyNumber, anyText, anyValue } from "./random.ts";

const VERBS = [
  ...["status", "call", "tools", "logs", "events", "reload", "enable", "disable", "quarantine lift"],
  ...["state list", "state drop", "stop", "ping", "__proto__", "grant everything"],
];
/** Verbs that change something are never said of the neighbour. */
const CHANGES: ReadonlySet<string> = new Set(["reload", "enable", "disable"]);

export interface Request {
  readonly header: Record<string, unknown>;
  readonly payload: string;
}

export function anyRequest(random: Random, id: number): Request {
  // Most of what breaks the rules costs the connection: it stays seldom, or nothing else would come to be read.
  if (random.once(10)) return { header: { t: "cancel", id: random.below(id + 2) }, payload: "" };
  if (random.once(100)) {
    return { header: { t: "piece", id: random.below(id + 2), ...maybeMore(random) }, payload: anyPayload(random) };
  }
  const verb = random.pick(VERBS);
  const header: Record<string, unknown> = { t: "request", id: random.once(150) ? random.below(id + 1) : id, verb };
  if (random.once(40)) Object.assign(header, maybeMore(random));
  const params = paramsOf(random, verb);
  const payload = random.once(4) && !CHANGES.has(verb) ? anyPayload(random) : JSON.stringify(params);
  return { header, payload };
}

/** One that no client sends. */
export function wrongRequest(random: Random, id: number): Request {
  const { header, payload } = anyRequest(random, id);
  return { header: { ...header, [random.pick(["t", "id", "verb", "more", "extra"])]: anyValue(random) }, payload };
}

const maybeMore = (random: Random) => random.once(2) ? { more: true } : {};

function paramsOf(random: Random, verb: string): Record<string, unknown> {
  const api = random.once(3)
    ? anyText(random)
    : random.pick(["victim", "nobody", CHANGES.has(verb) ? "victim" : "neighbour"]);
  const params: Record<string, unknown> = {};
  switch (verb) {
    case "logs":
    case "events":
      Object.assign(params, { follow: random.once(2), lines: random.once(2) ? random.below(20) : anyNumber(random) });
      if (random.once(3)) params["grep"] = anyText(random);
      if (random.once(3)) params["since"] = random.once(2) ? "2026-01-31T12:00:00.000Z" : anyText(random);
      if (random.once(3)) params["after"] = random.once(2) ? "1.1" : anyText(random);
      if (random.once(3)) params["api"] = api;
      if (random.once(4)) params["level"] = random.once(2) ? "INFO" : anyText(random);
      break;
    case "call":
      Object.assign(params, { api, method: random.once(2) ? "ping" : anyText(random), args: [anyValue(random)] });
      break;
    default:
      if (random.once(2)) params["api"] = api;
  }
  if (random.once(8)) return { ...params, ...Object.fromEntries([[anyText(random), anyValue(random)]]) };
  if (random.once(8)) params[random.pick(Object.keys(params)) ?? "x"] = CHANGES.has(verb) ? null : anyValue(random);
  return params;
}

function anyPayload(random: Random): string {
  switch (random.below(6)) {
    case 0:
      return "{".repeat(random.below(200));
    case 1:
      return "x".repeat(random.below(3_000));
    case 2:
      return `{"api":${JSON.stringify(anyText(random))}`;
    default:
      return JSON.stringify(anyValue(random)) ?? "";
  }
}
