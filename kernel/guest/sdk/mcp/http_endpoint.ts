/** MCP over HTTP for whoever serves it: the catalog of whom a request's token names. Host, Origin and the token itself are checked before. */
import { createMcpHandler, type ServerEvent } from "@modelcontextprotocol/server";
import type { ToolAuthority } from "../mod.ts";
import { eventHints } from "./event_hints.ts";
import { toolServer } from "./tool_server.ts";
import { watchCatalog } from "./watch_catalog.ts";

export interface HttpEndpointOptions {
  readonly version: string;
  /** Opens what happens to modules (`kernel.events([...])`). Without it the catalog is looked at every 2 s while somebody listens. */
  readonly events?: () => AsyncIterable<unknown>;
  /** Of a result's text; what is longer is cut. */
  readonly result_units?: number;
  /** Of one request's body. */
  readonly request_bytes?: number;
  /** Streams of `subscriptions/listen` that may be open at once: each asks for its catalog again and again. */
  readonly listeners?: number;
}

const REQUEST_BYTES = 1_048_576;
const LISTENERS = 64;

/** Answers requests under the authority of `tools`, which is the bearer's. Clients of 2025 are served request by request and hear of no changes, since they have no session. */
export function httpEndpoint(
  { version, events, result_units, request_bytes = REQUEST_BYTES, listeners = LISTENERS }: HttpEndpointOptions,
): (request: Request, tools: ToolAuthority) => Promise<Response> {
  const hints = events && eventHints(events);
  let listening = 0;
  return (request, tools) => {
    // One handler for each request: so a stream that listens is known to be this bearer's.
    const server = { tools, version, ...(result_units !== undefined && { result_units }) };
    const bus = {
      publish() {},
      subscribe(tell: (event: ServerEvent) => void) {
        listening++;
        const stop = watchCatalog({
          tools,
          hints,
          changed: () => tell({ kind: "tools_list_changed" }),
          failed: (error) => isOver(error) && (void handler.close(), true),
        });
        let open = true;
        return () => {
          if (!open) return;
          open = false;
          listening--;
          stop();
        };
      },
    };
    const handler = createMcpHandler(() => toolServer(server), {
      bus,
      maxSubscriptions: listening < listeners ? 1 : 0,
      maxRequestBodySize: request_bytes,
    });
    return handler.fetch(request);
  };
}

/** The token was revoked, or its principal is gone. */
function isOver(error: unknown): boolean {
  return error instanceof Error && (error as { readonly code?: unknown }).code === "denied";
}
