import { clipText } from "../../../../primitives/clip_text.ts";
import { byName, type CatalogTool, mapSchema } from "./catalog_tool.ts";

/** As the interface of OpenAI takes it, and of the many that are like it. */
export interface FunctionDefinition {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

/** Longer descriptions are refused there, with the whole request. */
const DESCRIPTION = 1_024;

/** The catalog for native function calling, by name. */
export function functionDefinitions(tools: readonly CatalogTool[]): FunctionDefinition[] {
  return byName(tools).map(({ name, description, params }) => ({
    type: "function",
    function: {
      name,
      description: clipText(description, DESCRIPTION),
      parameters: { properties: {}, ...mapSchema(params) }, // an object without properties is refused
    },
  }));
}
