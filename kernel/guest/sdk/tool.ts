import type { ToolSpec } from "../../contract/tool_spec.ts";
import type { Caller } from "./kernel.ts";
import { type OutputOf, type ParseParams, readStandardSchema, type StandardSchema } from "./standard_schema.ts";

/** JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a tool's `run` gets beside its params. */
export interface ToolContext {
  /** Whose call this is. */
  readonly caller: Caller;
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
}

/** How a tool is declared. `run` is called with params that its schema admits; with zod, as the schema has parsed them. */
// deno-lint-ignore no-explicit-any -- params are what JSON Schema says, which types can't tell
export interface ToolDefinition<Params = any, Schema extends JsonSchema | StandardSchema = JsonSchema> {
  /** One line for a model: what the tool is for. */
  readonly description: string;
  /** Of the params map: JSON Schema, or a schema of zod. Without it, any map. */
  readonly params?: Schema;
  run(params: Schema extends StandardSchema ? OutputOf<Schema> : Params, context: ToolContext): unknown;
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
  readonly #definition: Pick<ToolDefinition, "run">;
  readonly #facts: Omit<ToolSpec, "entry">;
  readonly #parse: ParseParams | undefined;

  constructor(definition: Omit<ToolDefinition, "params">, params: JsonSchema, parse: ParseParams | undefined) {
    const readOnly = definition.readOnly === true;
    this.#definition = definition;
    this.#parse = parse;
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

  /** The facts and the functions of a tool; undefined for anything that `tool()` has not made. */
  static read(value: unknown): DeclaredTool | undefined {
    if (typeof value !== "object" || value === null || !(#definition in value)) return undefined;
    const definition = value.#definition;
    return { facts: value.#facts, parse: value.#parse, run: (params, context) => definition.run(params, context) };
  }
}

/** What the host reads of a tool. */
export interface DeclaredTool {
  readonly facts: Omit<ToolSpec, "entry">;
  /** Only where the params were declared by a schema that parses; else the JSON Schema decides. */
  readonly parse: ParseParams | undefined;
  readonly run: ToolDefinition["run"];
}

/** Declares a tool. Throws when the definition is incomplete or `params` is no schema of a map. */
// deno-lint-ignore no-explicit-any -- see ToolDefinition
export function tool<Params = any, Schema extends JsonSchema | StandardSchema = JsonSchema>(
  definition: ToolDefinition<Params, Schema>,
): Tool {
  if (typeof definition?.run !== "function") throw new TypeError("tool(): run is missing; pass run as function");
  if (typeof definition.description !== "string") {
    throw new TypeError("tool(): description is missing; pass description as string");
  }
  const { params } = definition as { readonly params?: unknown };
  const standard = typeof params === "object" && params !== null ? readStandardSchema(params) : undefined;
  return new Tool(definition, schemaOf(standard?.json ?? params), standard?.parse);
}

const SCHEMA_WORDS = ["$ref", "$defs", "properties", "required", "additionalProperties", "patternProperties"];
const COMPOSING_WORDS = ["allOf", "anyOf", "oneOf", "not", "if", "propertyNames", "minProperties", "maxProperties"];

function schemaOf(params: unknown): JsonSchema {
  if (params === undefined) return { type: "object" };
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError('tool(): params is no JSON Schema; pass {type: "object", properties: {…}}');
  }
  if ("_zod" in params || "_def" in params) {
    throw new TypeError("tool(): params is a schema of an older zod; take the one that grants.packages: [zod] brings");
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
