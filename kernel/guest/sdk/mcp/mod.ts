/** What a module's author imports as `meta-machine/mcp`, with `grants: {packages: ["@modelcontextprotocol/server"]}`. */
export { httpEndpoint, type HttpEndpointOptions } from "./http_endpoint.ts";
export { toolServer, type ToolServerOptions } from "./tool_server.ts";
export { type CatalogHints, type CatalogWatchOptions, watchCatalog } from "./watch_catalog.ts";
