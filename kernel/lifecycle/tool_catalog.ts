/** Which api owns which tool name. A name that collides is refused when loading; it stays reserved while a config claims the api. */
import { type Fault, fault } from "../contract/fault.ts";
import type { PlannedModule } from "../contract/spec.ts";
import { type ListedTool, listedTool, type OfferedTool, toolName, type ToolSpec } from "../contract/tool_spec.ts";

/** Whose tools they are. */
export type ToolOwner = {
  readonly spec: Pick<PlannedModule["spec"], "api" | "approve">;
  readonly source: Pick<PlannedModule["source"], "origin">;
};

export class ToolCatalog {
  readonly #owners = new Map<string, string>();
  readonly #tools = new Map<string, readonly OfferedTool[]>();
  /** By name; made when it is asked for, and kept until a tool comes or goes. */
  #by_name: ReadonlyMap<string, OfferedTool> | undefined;

  /** Reserves the names of these tools for the api; says why it can't have them, and then reserves none. */
  reserve(api: string, tools: readonly ToolSpec[]): Fault | undefined {
    const refusal = this.#refusal(api, tools);
    if (refusal === undefined) { for (const { entry } of tools) this.#owners.set(toolName(api, entry)!, api); }
    return refusal;
  }

  /** Shows tools whose names have been reserved. */
  publish({ spec: { api, approve }, source: { origin } }: ToolOwner, tools: readonly ToolSpec[]): void {
    this.#tools.set(api, tools.map((spec) => ({ name: toolName(api, spec.entry)!, api, spec, origin, approve })));
    this.#by_name = undefined;
  }

  /** The instance is gone; its names stay reserved. */
  withdraw(api: string): void {
    if (this.#tools.delete(api)) this.#by_name = undefined;
  }

  /** No config claims the api any more. */
  release(api: string): void {
    this.withdraw(api);
    for (const [name, owner] of this.#owners) if (owner === api) this.#owners.delete(name);
  }

  find(name: string): OfferedTool | undefined {
    return this.#named().get(name);
  }

  /** In a stable order: by name. */
  offered(): readonly OfferedTool[] {
    return [...this.#named().values()];
  }

  list(only?: string): readonly ListedTool[] {
    return this.offered().filter(({ api }) => only === undefined || api === only).map(listedTool);
  }

  #named(): ReadonlyMap<string, OfferedTool> {
    const sorted = () => [...this.#tools.values()].flat().sort((a, b) => (a.name < b.name ? -1 : 1));
    return this.#by_name ??= new Map(sorted().map((tool) => [tool.name, tool]));
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
