import type { Tool } from "@modelcontextprotocol/server";
import type { ListedTool } from "../mod.ts";

/** A tool of the catalog as MCP's clients know tools. Its marks are its module's own words, which is what MCP means by hints too. */
export function mcpTool({ name, description, params, readOnly, destructive }: ListedTool): Tool {
  return {
    name,
    description,
    inputSchema: { ...params, type: "object" },
    annotations: { readOnlyHint: readOnly, destructiveHint: destructive },
  };
}
