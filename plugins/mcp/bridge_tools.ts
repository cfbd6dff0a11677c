/** A remote server's tools as tools of this module: what is taken, under which names, and why others are not. Pure; nothing that the server says is believed. */
import { cleanSchema } from "./clean_schema.ts";
import { cleanText } from "./clean_text.ts";

/** A tool as the server declares it; anything may be in it. */
export interface RemoteTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema?: unknown;
  readonly annotations?: { readonly destructiveHint?: unknown; readonly readOnlyHint?: unknown } | undefined;
}

export interface BridgedTool {
  /** In the aspect `tool`. */
  readonly entry: string;
  /** By what the server calls it. */
  readonly remote: string;
  readonly description: string;
  readonly params: Record<string, unknown>;
  readonly destructive: boolean;
}

export interface Bridged {
  /** By entry. */
  readonly tools: readonly BridgedTool[];
  /** By the server's own names, as far as they can be shown. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
}

/** Of one server: more are no help to a model, and stand in every prompt. */
export const MOST_TOOLS = 128;
export const DESCRIPTION_UNITS = 1_024;
const NAME_UNITS = 64;
/** Told of by name: a server may declare any number. */
export const MOST_REFUSED = 64;

export function bridgeTools(found: readonly RemoteTool[], host: string): Bridged {
  const refused: { name: string; why: string }[] = [];
  let more = 0;
  const refuse = (name: string, why: string) => {
    if (refused.length < MOST_REFUSED) refused.push({ name: cleanText(name, NAME_UNITS), why });
    else more++;
  };
  const tools = new Map<string, BridgedTool>();
  const claims = Map.groupBy(found, ({ name }) => entryOf(name));
  for (const tool of found) {
    const entry = entryOf(tool.name);
    const rivals = claims.get(entry)!;
    const schema = cleanSchema(tool.inputSchema);
    if (entry === "" || entry.startsWith("_") || entry === "constructor") refuse(tool.name, "its name is private");
    else if (entry.length > NAME_UNITS) refuse(tool.name, `its name has more than ${NAME_UNITS} characters`);
    // Which of them is meant nobody can say; the first would be whichever the server likes.
    else if (rivals.length > 1) refuse(tool.name, `${rivals.length} tools of the server would be called '${entry}'`);
    else if (!schema.ok) refuse(tool.name, `its schema is not taken: ${schema.why}`);
    else if (schema.schema["type"] !== "object") refuse(tool.name, "its schema is not taken: its params are no map");
    else if (tools.size >= MOST_TOOLS) refuse(tool.name, `a server may have ${MOST_TOOLS} tools`);
    else tools.set(entry, bridged(tool, entry, schema.schema, host));
  }
  if (more > 0) refused.push({ name: "…", why: `${more} more are left out` });
  return { tools: [...tools.values()].sort((a, b) => (a.entry < b.entry ? -1 : 1)), refused };
}

/** Letters, digits, `_` and `-` as they are, everything else as `_`. */
function entryOf(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, "_");
}

/**
 * Whose words they are stands before them. That a stranger's tool only reads is not taken over: of a shipped module's tools that mark is believed, and
 * nobody would be asked.
 */
function bridged(tool: RemoteTool, entry: string, params: Record<string, unknown>, host: string): BridgedTool {
  const { name: remote, description = "", annotations } = tool;
  const said = cleanText(description, DESCRIPTION_UNITS);
  return {
    ...{ entry, remote, params },
    description: `Tool of the remote server ${host}` + (said === "" ? "." : `, which says of it: ${said}`),
    destructive: annotations?.readOnlyHint !== true && annotations?.destructiveHint !== false,
  };
}
