/** Which api owns which tool name. A name that collides is refused when loading; it stays reserved while a config claims the api. */
import { type Fault, fault } from "../contract/fault.ts";
import { type ListedTool, toolName, type ToolSpec } from "../contract/tool_spec.ts";

export class ToolCatalog {
  readonly #owners = new Map<string, string>();
  readonly #tools = new Map<string, readonly ToolSpec[]>();

  /** Reserves the names of these tools for the api; says why it can't have them, and then reserves none. */
  reserve(api: string, tools: readonly ToolSpec[]): Fault | undefined {
    const refusal = this.#refusal(api, tools);
    if (refusal === undefined) { for (const { entry } of tools) this.#owners.set(toolName(api, entry)!, api); }
    return refusal;
  }

  /** Shows tools whose names have been reserved. */
  publish(api: string, tools: readonly ToolSpec[]): void {
    this.#tools.set(api, tools);
  }

  /** The instance is gone; its names stay reserved. */
  withdraw(api: string): void {
    this.#tools.delete(api);
  }

  /** No config claims the api any more. */
  release(api: string): void {
    this.withdraw(api);
    for (const [name, owner] of this.#owners) if (owner === api) this.#owners.delete(name);
  }

  /** In a stable order: by name. */
  list(only?: string): readonly ListedTool[] {
    const listed: ListedTool[] = [];
    for (const [api, tools] of this.#tools) {
      if (only !== undefined && api !== only) continue;
      for (const { entry, description, params, readOnly, destructive } of tools) {
        listed.push({ name: toolName(api, entry)!, api, description, params, readOnly, destructive });
      }
    }
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #refusal(api: string, tools: readonly ToolSpec[]): Fault | undefined {
    for (const { entry } of tools) {
      const name = toolName(api, entry);
      if (name === undefined) {
        return fault(
          "load_failed",
          `tool '${entry}' of '${api}' has no valid name: at most 64 characters of [A-Za-z0-9_-] with the api's name in front`,
        );
      }
      const owner = this.#owners.get(name);
      if (owner !== undefined && owner !== api) {
        return fault(
          "load_failed",
          `tool '${name}' of '${api}' bears the name of a tool of '${owner}'; rename one of them`,
        );
      }
    }
    return undefined;
  }
}
