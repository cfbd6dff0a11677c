/** Every route there is: what answers it, and what the OpenAPI document says of it. The two are made of this one table. */
export interface Route {
  readonly id: string;
  readonly method: "get" | "post" | "delete";
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly summary: string;
  /** Answered to whoever asks. */
  readonly open?: true;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Schema;
  /** Of the answer when all is well. */
  readonly answer: { readonly type: string; readonly schema: Schema; readonly status?: number };
  /** Statuses that this one has beside those that all have. */
  readonly also?: readonly number[];
}

export type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: "string" };
const ANY = {};
const map = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required,
});
const list = (items: Schema): Schema => ({ type: "array", items });
const json = (schema: Schema) => ({ type: "application/json", schema });
const MODEL = map({ id: TEXT, object: { const: "model" }, created: { type: "integer" }, owned_by: TEXT }, [
  "id",
  "object",
]);
const COMPLETION = map({
  model: { type: "string", description: "A name of /v1/models." },
  messages: { type: "array", minItems: 1, items: { type: "object" } },
  temperature: { type: "number", minimum: 0, maximum: 2 },
  max_tokens: { type: "integer", minimum: 1 },
  max_completion_tokens: { type: "integer", minimum: 1 },
  stop: { anyOf: [TEXT, list(TEXT)] },
  stream: { type: "boolean" },
  stream_options: map({ include_usage: { type: "boolean" } }),
  tools: list({ type: "object" }),
  tool_choice: { enum: ["auto", "none"] },
  response_format: { type: "object" },
}, ["model", "messages"]);
const CALL = map({ api: TEXT, method: TEXT, args: list(ANY), aspect: TEXT }, ["api", "method"]);
const TOOL_REQUEST = map({ tool: TEXT, params: { type: "object" }, id: TEXT }, ["tool"]);
const OUTCOME = map({
  result: TEXT,
  id: TEXT,
  status: { enum: ["success", "error"] },
  data: ANY,
  error: { type: "object" },
}, [
  "result",
  "status",
]);
const TOOL = map({ name: TEXT, api: TEXT, description: TEXT, params: { type: "object" } }, ["name", "api"]);
const EVENTS = { type: "text/event-stream", schema: TEXT };

export const ROUTES = Object.freeze(
  [
    {
      id: "health",
      method: "get",
      path: "/healthz",
      summary: "Whether the server answers.",
      open: true,
      answer: { type: "text/plain", schema: TEXT },
    },
    {
      id: "models",
      method: "get",
      path: "/v1/models",
      summary: "The models that the principal may ask.",
      answer: json(map({ object: { const: "list" }, data: list(MODEL) })),
    },
    { id: "model", method: "get", path: "/v1/models/{model}", summary: "One model.", answer: json(MODEL), also: [404] },
    {
      id: "chat",
      method: "post",
      path: "/v1/chat/completions",
      summary: "A model's answer; with `stream` as server-sent events that end with [DONE].",
      body: COMPLETION,
      answer: json({ type: "object" }),
      also: [404],
    },
    {
      id: "status",
      method: "get",
      path: "/api/status",
      summary: "What the command `status` shows. Needs the method status of web, aspect operations.",
      answer: json({ type: "object" }),
    },
    {
      id: "call",
      method: "post",
      path: "/api/call",
      summary: "Calls one method of one service.",
      body: CALL,
      answer: json(map({ result: ANY })),
      also: [404, 409],
    },
    {
      id: "catalog",
      method: "get",
      path: "/api/tools",
      summary: "The tools that the principal may call.",
      answer: json(map({ tools: list(TOOL) })),
    },
    {
      id: "tool",
      method: "post",
      path: "/api/tools",
      summary: "Calls one tool. A refusal is an outcome too.",
      body: TOOL_REQUEST,
      answer: json(OUTCOME),
      also: [404],
    },
    {
      id: "events",
      method: "get",
      path: "/api/events",
      summary: "Events as they happen, as server-sent events. Needs the method events of web, aspect operations.",
      query: { kinds: "Names of kinds, with commas between them; default: all." },
      answer: EVENTS,
    },
    {
      id: "openapi",
      method: "get",
      path: "/api/openapi.json",
      summary: "This document.",
      answer: json({ type: "object" }),
    },
    {
      id: "metrics",
      method: "get",
      path: "/metrics",
      summary: "Figures for Prometheus. Needs the method metrics of web, aspect operations.",
      answer: { type: "text/plain", schema: TEXT },
    },
    { id: "mcp_get", method: "get", path: "/mcp", summary: "Model Context Protocol.", answer: EVENTS, also: [501] },
    {
      id: "mcp_post",
      method: "post",
      path: "/mcp",
      summary: "Model Context Protocol.",
      body: { type: "object" },
      answer: json({ type: "object" }),
      also: [501],
    },
    {
      id: "mcp_delete",
      method: "delete",
      path: "/mcp",
      summary: "Model Context Protocol.",
      answer: json({ type: "object" }),
      also: [501],
    },
  ] as const satisfies readonly Route[],
);

export type RouteId = typeof ROUTES[number]["id"];
