/**
 * From a tool's name, as a model wrote it, to the call that it means, by the catalog of who asks. Pure decisions; the texts are for the model that reads them and
 * has one more try.
 */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import { type ListedTool, listedTool, type OfferedTool, TOOL_ASPECT } from "../contract/tool_spec.ts";
import { clipText } from "../primitives/clip_text.ts";
import { nearestNames } from "../primitives/closest_names.ts";
import type { Authority } from "./authority.ts";
import type { Called } from "./admission.ts";
import type { NamedCall } from "./bound_call.ts";
import { isServiceGranted } from "./grants.ts";

/** The tools of all modules, also of those that sleep. */
export interface ToolDirectory {
  find(name: string): OfferedTool | undefined;
  /** By name. */
  offered(): readonly OfferedTool[];
}

/** Where no module offers any. */
export const NO_TOOLS: ToolDirectory = Object.freeze({ find: () => undefined, offered: () => [] });

/** No tool's name is longer. */
const NAME_UNITS = 64;

/** The same call as that of a method of whose tool it is, where that is known; what it was called by stays with it. */
export function nameTool(message: Called, tools: ToolDirectory): NamedCall {
  const found = tools.find(message.name);
  if (found === undefined) return { ...message, tool: message.name };
  const { api, spec: { entry } } = found;
  return { ...message, api, aspect: TOOL_ASPECT, name: entry, kind: "call", tool: message.name };
}

/** The tool that this name means for who asks; otherwise `unknown_tool` with the nearest of those he may call, or `denied`. */
export function bindTool(name: string, authority: Authority, tools: ToolDirectory): Result<OfferedTool> {
  const found = tools.find(name);
  if (found === undefined) return refuse(unknownTool(name, authority, tools));
  if (mayUse(authority, found)) return { ok: true, value: found };
  return refuse(
    fault("denied", `'${authority.principal}' may not call the tool '${name}'`, {
      hint:
        `add to ${authority.config}: {api: ${found.api}, aspects: [${TOOL_ASPECT}], methods: [${found.spec.entry}]}`,
    }),
  );
}

/** What a model is shown: what it may call, and nothing else, in a stable order. */
export function catalogOf(authority: Authority, tools: ToolDirectory): readonly ListedTool[] {
  return tools.offered().filter((tool) => mayUse(authority, tool)).map(listedTool);
}

/** Whether a person has to say yes first. A tool's own marks are believed of what came with the program, of nobody else. */
export function asksFirst({ approve, origin, spec }: OfferedTool): boolean {
  return approve === "ask" && !(origin === "shipped" && spec.readOnly);
}

function mayUse({ bounds }: Authority, { api, spec }: OfferedTool): boolean {
  return bounds.every((services) => isServiceGranted(services, api, TOOL_ASPECT, spec.entry));
}

function unknownTool(name: string, authority: Authority, tools: ToolDirectory): Fault {
  const nearest = nearestNames(name, catalogOf(authority, tools).map((tool) => tool.name));
  const instead = nearest.length === 0 ? "there is none like it" : `nearest: ${nearest.join(", ")}`;
  return fault("unknown_tool", `there is no tool '${clipText(name, NAME_UNITS)}'; ${instead}`, {
    hint: "`tools --as PRINCIPAL` lists those that a conversation may call",
  });
}
