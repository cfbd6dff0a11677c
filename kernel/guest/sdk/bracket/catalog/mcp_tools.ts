import { byName, type CatalogTool, mapSchema } from "./catalog_tool.ts";

/** A tool as the Model Context Protocol lists it. */
export interface McpTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** What the tool says of itself; a hint that is not known is left out. */
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint?: boolean;
    readonly openWorldHint?: boolean;
  };
}

/** The catalog for clients of the Model Context Protocol, by name. */
export function mcpTools(tools: readonly CatalogTool[]): McpTool[] {
  return byName(tools).map(({ name, description, params, readOnly, destructive, idempotent, openWorld }) => ({
    name,
    description,
    inputSchema: mapSchema(params),
    annotations: {
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      ...idempotent !== undefined && { idempotentHint: idempotent },
      ...openWorld !== undefined && { openWorldHint: openWorld },
    },
  }));
}
