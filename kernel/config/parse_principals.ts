import { parse, YamlSyntaxError } from "@std/yaml";
import { SOURCES } from "../contract/limits.ts";
import {
  API_NAME_RULE,
  CONSOLE,
  isApiName,
  KERNEL_API,
  OPERATOR,
  PRINCIPALS_FILE,
  principalStamp,
  TOOLS_API,
} from "../contract/names.ts";
import type { Principal, Rejection } from "../contract/spec.ts";
import { Misfit, misfit, show } from "./misfit.ts";
import { lineOf } from "./parse_config.ts";
import { parseServiceGrant } from "./parse_service_grant.ts";
import { isMap, readList, readMap } from "./read_value.ts";
import { reject } from "./rejection.ts";

/** A person at a console, where the file names none: the tools of shipped modules that only read. */
export const DEFAULT_PRINCIPAL: Principal = Object.freeze({ name: CONSOLE, services: "read_only" });

/** More than a home has people and clients. */
export const MOST_PRINCIPALS = 256;

/** Services see a principal behind an `@`: by these names they would take it for somebody else. */
const RESERVED: readonly string[] = [OPERATOR, KERNEL_API, TOOLS_API];

export type ParsedPrincipals =
  | { readonly ok: true; readonly value: ReadonlyMap<string, Principal> }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * Reads `configs/principals.yml` (`NAME: {grants: {services: […]}}`). `console` is there in any case. Refuses broken YAML, names that are no api names, unknown
 * keys, and every grant but `services`: a principal calls, it has no code that could use another.
 */
export function parsePrincipals(text: string | undefined): ParsedPrincipals {
  try {
    const map = parse(text ?? "", { maxAliasCount: SOURCES.yaml_aliases }) ?? {};
    if (!isMap(map)) misfit([], map, "a map of principals' names");
    const written = Object.entries(map).map(([name, value]) => readPrincipal(name, value));
    if (written.length > MOST_PRINCIPALS) {
      throw new Misfit([], `found ${written.length} principals, allowed: at most ${MOST_PRINCIPALS}`);
    }
    return { ok: true, value: new Map([DEFAULT_PRINCIPAL, ...written].map((one) => [one.name, one])) };
  } catch (error) {
    if (error instanceof YamlSyntaxError) {
      return { ok: false, rejection: reject(PRINCIPALS_FILE, `broken YAML: ${error.message}`, { line: error.line }) };
    }
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, rejection: reject(PRINCIPALS_FILE, error.message, { line: lineOf(text ?? "", error.path) }) };
  }
}

function readPrincipal(name: string, value: unknown): Principal {
  if (!isApiName(name)) throw new Misfit([name], `found the principal ${show(name)}, allowed: ${API_NAME_RULE}`);
  if (RESERVED.includes(principalStamp(name))) {
    throw new Misfit(
      [name],
      `found the principal ${show(name)}, allowed: any other name; services know the host's own by it`,
    );
  }
  const { grants } = readMap(value, [name], ["grants"]);
  const { services } = readMap(grants, [name, "grants"], ["services"]);
  const entry = "api names or maps of api, methods, aspects";
  return Object.freeze({ name, services: readList(services, [name, "grants", "services"], entry, parseServiceGrant) });
}
