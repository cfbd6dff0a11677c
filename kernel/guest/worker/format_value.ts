import { describeError, read } from "./describe_error.ts";

const LINE_UNITS = 8_192;
const DEPTH = 4;
const ITEMS = 50;

/** What `console` was given, as one bounded text. Calls no `toString`, `toJSON` or inspection hook of the values. */
export function formatValues(values: readonly unknown[]): string {
  const budget = { left: LINE_UNITS };
  let line = "";
  for (let i = 0; i < values.length && budget.left > 0; i++) {
    const value = values[i];
    line += (i === 0 ? "" : " ") + (typeof value === "string" ? spend(value, budget) : format(value, 0, budget));
  }
  return budget.left > 0 ? line : `${line.slice(0, LINE_UNITS)}…`;
}

interface Budget {
  left: number;
}

function spend(text: string, budget: Budget): string {
  const fits = text.length > budget.left ? text.slice(0, budget.left) : text;
  budget.left -= text.length;
  return fits;
}

function format(value: unknown, depth: number, budget: Budget): string {
  if (budget.left <= 0) return "…";
  switch (typeof value) {
    case "string":
      return JSON.stringify(spend(value, budget));
    case "bigint":
      return spend(`${value}n`, budget);
    case "function":
      return spend("[Function]", budget);
    case "object":
      try {
        return value === null ? "null" : formatObject(value, depth, budget);
      } catch {
        return "[unreadable]";
      }
    default:
      return spend(String(value), budget);
  }
}

function formatObject(value: object, depth: number, budget: Budget): string {
  if (value instanceof Error) {
    const { name, message, stack } = describeError(value);
    return spend(stack ?? `${name}: ${message}`, budget);
  }
  if (value instanceof Date) return spend(Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString(), budget);
  if (value instanceof Uint8Array) return spend(`Uint8Array(${value.length})`, budget);
  if (depth >= DEPTH) return Array.isArray(value) ? "[…]" : "{…}";
  if (Array.isArray(value)) return list("[", value.length, (i) => format(value[i], depth + 1, budget), "]", budget);
  if (value instanceof Map) {
    const entries = [...value].slice(0, ITEMS + 1);
    const entry = (i: number) =>
      `${format(entries[i]![0], depth + 1, budget)} => ${format(entries[i]![1], depth + 1, budget)}`;
    return `Map(${value.size}) ${list("{", entries.length, entry, "}", budget)}`;
  }
  if (value instanceof Set) {
    const items = [...value].slice(0, ITEMS + 1);
    return `Set(${value.size}) ${list("{", items.length, (i) => format(items[i], depth + 1, budget), "}", budget)}`;
  }
  const keys = Object.keys(value);
  const entry = (i: number) => `${spend(keys[i]!, budget)}: ${format(read(value, keys[i]!), depth + 1, budget)}`;
  return prefix(value) + list("{ ", keys.length, entry, " }", budget);
}

function list(open: string, length: number, item: (i: number) => string, close: string, budget: Budget): string {
  if (length === 0) return open.trim() + close.trim();
  const parts: string[] = [];
  for (let i = 0; i < length && i < ITEMS && budget.left > 0; i++) parts.push(item(i));
  if (parts.length < length) parts.push("…");
  spend(open + close, budget);
  return open + parts.join(", ") + close;
}

function prefix(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return "";
  const maker = read(value, "constructor");
  const name = typeof maker === "function" ? read(maker, "name") : undefined;
  return typeof name === "string" && name !== "" ? `${name.slice(0, 64)} ` : "";
}
