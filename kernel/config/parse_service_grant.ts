import { API_NAME_RULE, isApiName, isPrivateName } from "../contract/names.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import { HEADER_BOUNDS } from "../contract/wire.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { misfit } from "./misfit.ts";
import { isMap, readList, readMap, readText } from "./read_value.ts";

/** A text (`database`, `inference/*`) or a map `{api, methods, aspects}`. Refuses `*` alone and private methods. */
export function parseServiceGrant(value: unknown, path: ValuePath): ServiceGrant {
  if (typeof value === "string") return Object.freeze({ api: readApiPattern(value, path) });
  if (!isMap(value)) misfit(path, value, "an api name, or a map of api, methods, aspects");
  const { api, methods, aspects } = readMap(value, path, ["api", "methods", "aspects"]);
  return Object.freeze({
    api: readApiPattern(api, [...path, "api"]),
    ...(given(methods) && { methods: readList(methods, [...path, "methods"], "method names", readMethod) }),
    ...(given(aspects) && { aspects: readList(aspects, [...path, "aspects"], "aspect names", readAspect) }),
  });
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function readApiPattern(value: unknown, path: ValuePath): string {
  const allowed = `${API_NAME_RULE}; the last segment may be '*'`;
  return readText(
    value,
    path,
    allowed,
    (text) => isApiName(text) || (text.endsWith("/*") && isApiName(`${text.slice(0, -1)}x`)),
  );
}

function readMethod(value: unknown, path: ValuePath): string {
  return readText(
    value,
    path,
    "the name of a public method",
    (text) => text !== "" && text.length <= HEADER_BOUNDS.name && !isPrivateName(text),
  );
}

function readAspect(value: unknown, path: ValuePath): string {
  return readText(value, path, "the name of an aspect", (text) => text !== "" && text.length <= HEADER_BOUNDS.aspect);
}
