/** `/mcp`: the tools of whom a request's token names, for clients of the Model Context Protocol. Host, Origin and token are checked before a request comes here. */
import type { BearerKernel } from "meta-machine";
import { httpEndpoint, type HttpEndpointOptions } from "meta-machine/mcp";

export type McpEndpointOptions = HttpEndpointOptions;

/** Options are the version that clients are told, what happens to modules if anybody tells, and bounds. */
export function mcpEndpoint(
  options: McpEndpointOptions,
): (request: Request, bearer: BearerKernel) => Promise<Response> {
  return httpEndpoint(options);
}
