import type { ListedTool } from "../../../../contract/tool_spec.ts";

/** A tool as a model is to be shown it: what `tools` lists, and what else is known of it. */
export interface CatalogTool extends ListedTool {
  readonly idempotent?: boolean;
  readonly openWorld?: boolean;
}

/** The same order whatever the catalog's, so that a prompt stays the same, and cached where it is, while its tools do. */
export function byName(tools: readonly CatalogTool[]): readonly CatalogTool[] {
  return tools.toSorted((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** What is wanted where a schema has to be one of a map; one of anything takes any map. */
export function mapSchema(params: CatalogTool["params"]): Readonly<Record<string, unknown>> {
  return { ...params, type: "object" };
}
