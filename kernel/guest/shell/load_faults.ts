/** What is said of a module that did not come to serve, in words. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { ToolSpec } from "../../contract/tool_spec.ts";
import type { LoadOrder } from "../../contract/wire.ts";
import { writeJsonPayload } from "../../primitives/json_payload.ts";

export function loadedLate({ api, limits }: LoadOrder): Fault {
  const hint = "raise limits.load_ms, or do less before and in the constructor";
  return fault("load_failed", `'${api}' did not load within ${limits.load_ms} ms`, { hint, retriable: true });
}

/** All tools of a module travel in one frame, with those of its neighbours. */
const TOOLS_BYTES = 131_072;

/** Undefined when they fit. */
export function refuseTools(api: string, tools: readonly ToolSpec[]): Fault | undefined {
  if (writeJsonPayload(tools).length <= TOOLS_BYTES) return undefined;
  return fault("load_failed", `the tools of '${api}' take more than ${TOOLS_BYTES} bytes to describe`);
}

/** It is not here, or does not serve (any more). */
export function notServing(instance: InstanceId): Fault {
  return fault("moved", `the instance ${instance} is no longer here`);
}
