// kernel/guest/sdk/mcp/mod.ts (made by deno task vendor author)
import { ToolAuthority } from "meta-machine";
import { Server } from "@modelcontextprotocol/server";
interface HttpEndpointOptions {
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
/** Answers requests under the authority of `tools`, which is the bearer's. Clients of 2025 are served request by request and hear of no changes, since they have no session. */
declare function httpEndpoint({ version, events, result_units, request_bytes, listeners }: HttpEndpointOptions): (request: Request, tools: ToolAuthority) => Promise<Response>;
interface ToolServerOptions {
    /** Under whose authority tools are listed and called. */
    readonly tools: ToolAuthority;
    /** The program's. */
    readonly version: string;
    /** Of a result's text; what is longer is cut. */
    readonly result_units?: number;
}
/**
 * Refusals of tools (`denied`, `unknown_tool`, `invalid_params`, `approval_required`, …) are results with `isError`, since it is the model that has another try; only an
 * authority that there is no more is an error of the protocol.
 */
declare function toolServer({ tools, version, result_units }: ToolServerOptions): Server;
/** Calls the listener when something may have changed; what it returns ends that. */
type CatalogHints = (listener: () => void) => () => void;
interface CatalogWatchOptions {
    readonly tools: Pick<ToolAuthority, "listTools">;
    readonly hints?: CatalogHints | undefined;
    readonly changed: () => void;
    /** The catalog could not be read. True ends the watch. Default: it goes on. */
    readonly failed?: (error: unknown) => boolean;
    /** How often it is looked at in any case. */
    readonly look_ms?: number;
}
/** Watches until what it returns is called. */
declare function watchCatalog({ tools, hints, changed, failed, ...more }: CatalogWatchOptions): () => void;
export { CatalogHints, CatalogWatchOptions, HttpEndpointOptions, ToolServerOptions, httpEndpoint, toolServer, watchCatalog };
