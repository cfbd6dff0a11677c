/** What answers each route. */
import { answerCall } from "./call_route.ts";
import { answerChat } from "./chat_route.ts";
import { answerModel, answerModels } from "./models_route.ts";
import { answerMcp } from "./mount_mcp.ts";
import { openApiDocument } from "./openapi.ts";
import { answerEvents, answerMetrics, answerStatus } from "./operations_routes.ts";
import type { RouteId } from "./route_table.ts";
import { answerCatalog, answerTool } from "./tools_route.ts";
import type { Visit } from "./visit.ts";
import type { Web } from "./web.ts";

type Handler = (visit: Visit, web: Web, params: Readonly<Record<string, string>>) => Response | Promise<Response>;

const mcp: Handler = (visit, web) => answerMcp(visit, web.mcp);

export const HANDLERS: Readonly<Record<Exclude<RouteId, "health">, Handler>> = {
  models: answerModels,
  model: (visit, web, { model = "" }) => answerModel(visit, web, model),
  chat: answerChat,
  status: answerStatus,
  call: answerCall,
  catalog: answerCatalog,
  tool: answerTool,
  events: answerEvents,
  openapi: (visit) => visit.answer(openApiDocument()),
  metrics: answerMetrics,
  mcp_get: mcp,
  mcp_post: mcp,
  mcp_delete: mcp,
};
