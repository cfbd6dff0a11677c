/** Tools by their names, under one authority: what a model asks for becomes a call, and its end, whatever it is, an outcome that a model can read. */
import { type Fault, fault, FaultError } from "../../contract/fault.ts";
import { KERNEL_API, TOOLS_API } from "../../contract/names.ts";
import { TOOL_ASPECT } from "../../contract/tool_spec.ts";
import { isRecord } from "../../primitives/check_fields.ts";
import type { ListedTool, ToolAuthority, ToolRequest } from "../sdk/mod.ts";
import { toolFailed, toolSucceeded } from "../sdk/tool_outcome.ts";
import type { CallOptions, MadeCalls } from "./made_calls.ts";
import { freeze } from "./primordials.ts";

export function toolAuthority(
  calls: Pick<MadeCalls, "call">,
  authority: Pick<CallOptions, "as_caller" | "parent">,
): ToolAuthority {
  return freeze({
    listTools: () =>
      calls.call(
        { api: KERNEL_API, aspect: "default", name: "tools", kind: "call" },
        [],
        authority,
      ) as Promise<readonly ListedTool[]>,
    callTool: async (request: ToolRequest, { signal }: { readonly signal?: AbortSignal } = {}) => {
      const refused = misread(request);
      if (refused !== undefined) return toolFailed(request, refused);
      const { tool, params = {} } = request;
      try {
        const target = { api: TOOLS_API, aspect: TOOL_ASPECT, name: tool, kind: "call" } as const;
        return toolSucceeded(request, await calls.call(target, [params], { ...authority, signal }));
      } catch (error) {
        if (error instanceof FaultError) return toolFailed(request, error.fault);
        throw error; // the signal's reason
      }
    },
  });
}

/** Whatever is no request: it comes from a model, by way of its conversation. */
function misread(request: unknown): Fault | undefined {
  const { tool, params = {}, id } = Object(request) as Record<string, unknown>;
  if (typeof tool !== "string" || tool === "") return fault("unknown_tool", "the request names no tool");
  if (!isRecord(params)) return fault("invalid_argument", `the params of '${tool}' are no map`);
  if (id !== undefined && typeof id !== "string") return fault("invalid_argument", `the id of '${tool}' is no text`);
  return undefined;
}
