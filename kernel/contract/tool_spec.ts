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

/** As `tools --json` prints it. */
export interface ListedTool {
  readonly name: string;
  readonly api: string;
  readonly description: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly destructive: boolean;
}

const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The api and the entry joined by `_`, `/` turned into `_`; undefined when that is no tool name (64 characters of `[A-Za-z0-9_-]`). */
export function toolName(api: string, entry: string): string | undefined {
  const name = `${api.replaceAll("/", "_")}_${entry}`;
  return TOOL_NAME.test(name) ? name : undefined;
}
