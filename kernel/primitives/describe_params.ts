import { isRecord } from "./check_fields.ts";
import { clipText } from "./clip_text.ts";
import { escapeText } from "./escape_text.ts";

/** How much is told of a schema, which a module may have made large. */
export interface ParamsBounds {
  /** Names of one map. */
  readonly names: number;
  /** Maps within the params whose own names are told; one below them is an `object`. */
  readonly levels: number;
  /** About so many UTF-16 units in all; then no more names follow. */
  readonly units: number;
}

const IN_A_LINE: ParamsBounds = Object.freeze({ names: 12, levels: 0, units: 4_096 });
const WORD_UNITS = 60;
const CHOICES = 16;
const PLAIN_NAME = /^[A-Za-z_$][A-Za-z0-9_$./-]{0,63}$/;

/** The params of a tool in a line: `title: string, count?: integer`. What the schema's author wrote stands in quotes where it is more than a word. */
export function describeParams(
  schema: Readonly<Record<string, unknown>>,
  bounds: Partial<ParamsBounds> = {},
): string {
  const { names, levels, units } = { ...IN_A_LINE, ...bounds };
  return new Description(names, units).params(schema, levels);
}

class Description {
  readonly #most_names: number;
  #left: number;

  constructor(most_names: number, units: number) {
    this.#most_names = most_names;
    this.#left = units;
  }

  params(schema: Readonly<Record<string, unknown>>, levels: number): string {
    const properties = isRecord(schema["properties"]) ? Object.entries(schema["properties"]) : [];
    const required = Array.isArray(schema["required"]) ? schema["required"] : [];
    const shown: string[] = [];
    for (const [name, one] of properties) {
      if (shown.length === this.#most_names || this.#left <= 0) {
        shown.push("…");
        break;
      }
      const head = `${PLAIN_NAME.test(name) ? name : quoted(name)}${required.includes(name) ? "" : "?"}: `;
      this.#left -= head.length;
      shown.push(head + this.#word(one, levels));
    }
    if (properties.length === 0 && schema["additionalProperties"] !== false) shown.push("any map");
    return shown.join(", ");
  }

  #word(schema: unknown, levels: number): string {
    if (this.#left <= 0) return "…";
    if (!isRecord(schema)) return "anything";
    if (Array.isArray(schema["enum"])) return this.#choices(schema["enum"].map((one) => () => quoted(one)));
    if ("const" in schema) return this.#counted(quoted(schema["const"]));
    const choices = ["anyOf", "oneOf"].flatMap((key) => Array.isArray(schema[key]) ? schema[key] as unknown[] : []);
    if (choices.length > 0) return this.#choices(choices.map((one) => () => this.#word(one, levels)));
    const { type, items } = schema;
    if (Array.isArray(type)) return this.#choices(type.map((one) => () => typeName(one)));
    if (type === "array") return items === undefined ? "list" : `list of ${this.#word(items, levels)}`;
    if (type === "object" && levels > 0 && isRecord(schema["properties"])) {
      return `{${this.params(schema, levels - 1)}}`;
    }
    return this.#counted(typeName(type));
  }

  #choices(choices: readonly (() => string)[]): string {
    const shown = choices.slice(0, CHOICES).map((one) => this.#counted(one()));
    return [...shown, ...choices.length > CHOICES ? ["…"] : []].join(" | ");
  }

  #counted(text: string): string {
    this.#left -= text.length;
    return text;
  }
}

function typeName(type: unknown): string {
  return typeof type === "string" && /^[a-z]{1,20}$/.test(type) ? type : "anything";
}

/** A value of the schema as JSON, on one line and not too long. */
function quoted(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(clipText(escapeText(clipText(value, WORD_UNITS)), WORD_UNITS));
  return clipText(escapeText(JSON.stringify(value) ?? "anything"), WORD_UNITS);
}
