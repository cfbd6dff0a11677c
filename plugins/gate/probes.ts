/** What has to hold of modules, whoever changes them: from the gate's own config, which nobody but the operator reads or writes. */
import { type Config, fault } from "meta-machine";

export interface Probe {
  /** `test` is one of the proposer's own. Default: a probe. */
  readonly check?: "probe" | "test";
  readonly method: string;
  readonly args: readonly unknown[];
  readonly aspect: string;
  /** Without it the candidate has to answer as its predecessor does. */
  readonly expect?: { readonly value: unknown };
}

export interface Probes {
  readonly calls: readonly Probe[];
  /** What the module hears of services while it is tried: by api, then by method. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const NONE: Probes = { calls: [], answers: {} };

/** By api. Throws for what is none, naming it. */
export function readProbes(config: Config): ReadonlyMap<string, Probes> {
  const probes = config.get<unknown>("probes", {});
  if (!isMap(probes)) throw wrong("probes", "a map of api names");
  return new Map(Object.entries(probes).map(([api, value]) => [api, readOne(value, `probes.${api}`)]));
}

export function probesOf(probes: ReadonlyMap<string, Probes>, api: string): Probes {
  return probes.get(api) ?? NONE;
}

function readOne(value: unknown, at: string): Probes {
  if (!isMap(value)) throw wrong(at, "a map of calls and answers");
  const { calls = [], answers = {} } = value;
  if (!Array.isArray(calls)) throw wrong(`${at}.calls`, "a list of {method, args, aspect, expect}");
  if (!isMap(answers) || !Object.values(answers).every(isMap)) throw wrong(`${at}.answers`, "{api: {method: value}}");
  return { calls: calls.map((call, i) => readCall(call, `${at}.calls[${i}]`)), answers: answers as Probes["answers"] };
}

function readCall(value: unknown, at: string): Probe {
  if (!isMap(value)) throw wrong(at, "{method, args, aspect, expect}");
  const { method, args = [], aspect = "default" } = value;
  if (typeof method !== "string" || typeof aspect !== "string") {
    throw wrong(at, "a method, and an aspect where it has one");
  }
  if (!Array.isArray(args)) throw wrong(`${at}.args`, "a list");
  return { method, args, aspect, ...("expect" in value && { expect: { value: value["expect"] } }) };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(at: string, allowed: string): Error {
  return fault("invalid_argument", `${at}: allowed: ${allowed}`, { hint: "mend the gate's config" });
}
