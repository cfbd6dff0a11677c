/** The tools of one authority as an MCP server, for the 2026-07-28 revision and for clients of 2025: whoever serves it, over HTTP or stdio, makes one for each unit it serves. */
import { ProtocolError, ProtocolErrorCode, Server } from "@modelcontextprotocol/server";
import type { ToolAuthority } from "../mod.ts";
import { mcpResult, RESULT_UNITS } from "./mcp_result.ts";
import { mcpTool } from "./mcp_tool.ts";

export interface ToolServerOptions {
  /** Under whose authority tools are listed and called. */
  readonly tools: ToolAuthority;
  /** The program's. */
  readonly version: string;
  /** Of a result's text; what is longer is cut. */
  readonly result_units?: number;
}

/** Tools in one answer of `tools/list`: a schema may be long. */
export const PAGE_TOOLS = 100;

/**
 * Refusals of tools (`denied`, `unknown_tool`, `invalid_params`, `approval_required`, …) are results with `isError`, since it is the model that has another try; only an
 * authority that there is no more is an error of the protocol.
 */
export function toolServer({ tools, version, result_units = RESULT_UNITS }: ToolServerOptions): Server {
  const server = new Server({ name: "meta-machine", version }, { capabilities: { tools: { listChanged: true } } });
  server.setRequestHandler("tools/list", async ({ params }) => {
    const listed = await tools.listTools().catch((error) => {
      throw new ProtocolError(ProtocolErrorCode.InternalError, error instanceof Error ? error.message : String(error));
    });
    // A cursor is the last name that was told: a tool that came or went meanwhile shifts nothing.
    const after = params?.cursor;
    const rest = after === undefined ? listed : listed.filter(({ name }) => name > after);
    const page = rest.slice(0, PAGE_TOOLS);
    const last = page.at(-1);
    return { tools: page.map(mcpTool), ...(rest.length > page.length && last && { nextCursor: last.name }) };
  });
  server.setRequestHandler(
    "tools/call",
    async ({ params: { name, arguments: params = {} } }, { mcpReq: { signal } }) =>
      mcpResult(await tools.callTool({ tool: name, params }, { signal }), result_units),
  );
  return server;
}
