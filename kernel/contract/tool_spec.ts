import type { ApiName } from "./names.ts";
import type { ModuleSpec, Origin } from "./spec.ts";

/** The aspect whose entries are tools. */
export const TOOL_ASPECT = "tool";

/** A tool as its module declares it: an entry of the `tool` aspect. */
export interface ToolSpec {
  /** The entry's name, for example `read_file`. */
  readonly entry: string;
  readonly description: string;
  /** JSON Schema 2020-12 of the params map. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly destructive: boolean;
  readonly idempotent: boolean;
  readonly openWorld: boolean;
}

/** A tool as calls are bound to it: whose it is, and what a model that asks for it needs. */
export interface OfferedTool {
  readonly name: string;
  readonly api: ApiName;
  readonly spec: ToolSpec;
  readonly origin: Origin;
  readonly approve: ModuleSpec["approve"];
}

/** As `tools --json` prints it. */
export interface ListedTool {
  readonly name: string;
  readonly api: string;
  readonly description: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly destructive: boolean;
}

export function listedTool({ name, api, spec }: OfferedTool): ListedTool {
  const { description, params, readOnly, destructive } = spec;
  return { name, api, description, params, readOnly, destructive };
}

const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The api and the entry joined by `_`, `/` turned into `_`; undefined when that is no tool name (64 characters of `[A-Za-z0-9_-]`). */
export function toolName(api: string, entry: string): string | undefined {
  const name = `${api.replaceAll("/", "_")}_${entry}`;
  return TOOL_NAME.test(name) ? name : undefined;
}
