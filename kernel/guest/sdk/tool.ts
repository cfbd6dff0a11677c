import type { ToolSpec } from "../../contract/tool_spec.ts";
import type { Caller } from "./kernel.ts";

/** What a tool's `run` gets beside its params. */
export interface ToolContext {
  /** Whose call this is. */
  readonly caller: Caller;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
}

/** How a tool is declared. `run` is called with params that its schema admits. */
// deno-lint-ignore no-explicit-any -- params are what the schema says, which types can't tell
export interface ToolDefinition<Params = any> {
  /** One line for a model: what the tool is for. */
  readonly description: string;
  /** JSON Schema of the params map; without it, any map. */
  readonly params?: Readonly<Record<string, unknown>>;
  run(params: Params, context: ToolContext): unknown;
  /** It changes nothing. Default: false. */
  readonly readOnly?: boolean;
  /** It may destroy what was there. Default: true unless readOnly. */
  readonly destructive?: boolean;
  /** Calling it twice is like calling it once. Default: that of readOnly. */
  readonly idempotent?: boolean;
  /** It reaches beyond this host. Default: false. */
  readonly openWorld?: boolean;
}

/** A declared tool: an entry of what `getAspect("tool")` returns. */
export class Tool {
  readonly #definition: ToolDefinition;
  readonly #facts: Omit<ToolSpec, "entry">;

  constructor(definition: ToolDefinition, params: Readonly<Record<string, unknown>>) {
    const readOnly = definition.readOnly === true;
    this.#definition = definition;
    this.#facts = {
      description: definition.description,
      params,
      readOnly,
      destructive: definition.destructive ?? !readOnly,
      idempotent: definition.idempotent ?? readOnly,
      openWorld: definition.openWorld === true,
    };
    Object.freeze(this);
  }

  /** The facts and the function of a tool; undefined for anything that `tool()` has not made. */
  static read(value: unknown): { facts: Omit<ToolSpec, "entry">; run: ToolDefinition["run"] } | undefined {
    if (typeof value !== "object" || value === null || !(#definition in value)) return undefined;
    const definition = value.#definition;
    return { facts: value.#facts, run: (params, context) => definition.run(params, context) };
  }
}

/** Declares a tool. Throws when the definition is incomplete or `params` is no JSON Schema of a map. */
// deno-lint-ignore no-explicit-any -- see ToolDefinition
export function tool<Params = any>(definition: ToolDefinition<Params>): Tool {
  if (typeof definition?.run !== "function") throw new TypeError("tool(): run is missing; pass run as function");
  if (typeof definition.description !== "string") {
    throw new TypeError("tool(): description is missing; pass description as string");
  }
  return new Tool(definition, schemaOf(definition.params));
}

const SCHEMA_WORDS = ["$ref", "$defs", "properties", "required", "additionalProperties", "patternProperties"];
const COMPOSING_WORDS = ["allOf", "anyOf", "oneOf", "not", "if", "propertyNames", "minProperties", "maxProperties"];

function schemaOf(params: unknown): Readonly<Record<string, unknown>> {
  if (params === undefined) return { type: "object" };
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError('tool(): params is no JSON Schema; pass {type: "object", properties: {…}}');
  }
  if ("_zod" in params || "_def" in params) {
    throw new TypeError("tool(): params is a zod schema, which is not read here: pass JSON Schema");
  }
  let schema: Record<string, unknown>;
  try {
    schema = JSON.parse(JSON.stringify(params));
  } catch (error) {
    throw new TypeError(`tool(): params is no plain data: ${error instanceof Error ? error.message : "it threw"}`);
  }
  if (schema["type"] === "object") return schema;
  if (schema["type"] !== undefined) {
    throw new TypeError(
      `tool(): params is of type ${JSON.stringify(schema["type"])}; a tool takes a map: pass type "object"`,
    );
  }
  const words = Object.keys(schema);
  if (words.length > 0 && !words.some((word) => SCHEMA_WORDS.includes(word) || COMPOSING_WORDS.includes(word))) {
    throw new TypeError(
      `tool(): params is no JSON Schema: it has only ${
        words.slice(0, 5).join(", ")
      }; pass {type: "object", properties: {…}}`,
    );
  }
  return { type: "object", ...schema };
}
