import type { ToolSpec } from "../contract/tool_spec.ts";
import { isRecord, isText, parseEach } from "./check_fields.ts";

/** Tools of one module: a catalog of more is no help to a model. */
export const MOST_TOOLS = 256;
/** Units of a tool's description, which stands in every prompt. */
export const DESCRIPTION_UNITS = 4_096;
/** Units of all names and texts in a tool's params, each value counted as one more. */
export const PARAMS_UNITS = 65_536;
const PARAMS_DEPTH = 32;
const ENTRY = /^[A-Za-z0-9_-]{1,64}$/;

/** All tools of a module, decoded; undefined when one of them is malformed or two have the same name. */
export function parseTools(value: unknown): readonly ToolSpec[] | undefined {
  const tools = parseEach(value, MOST_TOOLS, parseToolSpec);
  if (tools === undefined || new Set(tools.map((tool) => tool.entry)).size !== tools.length) return undefined;
  return tools;
}

/** A tool as its module declares it; undefined when a field is missing, of the wrong kind or too long. */
export function parseToolSpec(value: unknown): ToolSpec | undefined {
  if (!isRecord(value)) return undefined;
  const { entry, description, params, readOnly, destructive, idempotent, openWorld } = value;
  if (typeof entry !== "string" || !ENTRY.test(entry) || !isText(description, DESCRIPTION_UNITS)) return undefined;
  if (!isRecord(params) || jsonUnits(params, PARAMS_DEPTH, PARAMS_UNITS) > PARAMS_UNITS) return undefined;
  if (typeof readOnly !== "boolean" || typeof destructive !== "boolean") return undefined;
  if (typeof idempotent !== "boolean" || typeof openWorld !== "boolean") return undefined;
  return { entry, description, params, readOnly, destructive, idempotent, openWorld };
}

/** The size of a value in units, at least; Infinity for what is no JSON, holds a key `__proto__` or is nested deeper than `depth`. */
function jsonUnits(value: unknown, depth: number, most: number): number {
  switch (typeof value) {
    case "string":
      return 1 + value.length;
    case "number":
      return Number.isFinite(value) ? 1 : Infinity;
    case "boolean":
      return 1;
    case "object":
      break;
    default:
      return Infinity;
  }
  if (value === null) return 1;
  if (depth === 0) return Infinity;
  let units = 1;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && units <= most; i++) units += jsonUnits(value[i], depth - 1, most - units);
    return units;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || Object.hasOwn(value, "__proto__")) return Infinity;
  for (const [key, child] of Object.entries(value)) {
    if (units > most) break;
    units += key.length + jsonUnits(child, depth - 1, most - units);
  }
  return units;
}
