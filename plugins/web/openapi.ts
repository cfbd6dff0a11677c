/** The OpenAPI 3.1 document of the routes. */
import { type Route, ROUTES } from "./route_table.ts";

/** Statuses that every route with a token has. */
const ALWAYS: Readonly<Record<number, string>> = {
  400: "The request can't be understood.",
  401: "There is no token that is known.",
  403: "The principal was not granted that, or the Host or Origin header is foreign.",
  429: "The principal asks too much at once; Retry-After says when to try again.",
  500: "The service behind it failed.",
  503: "The service behind it, or the server, can't answer now.",
  504: "There was no answer in time.",
};
const OF_BODIES: Readonly<Record<number, string>> = {
  408: "The body did not come in in time.",
  413: "The body is too large.",
  415: "The body is packed.",
};
const ALSO: Readonly<Record<number, string>> = {
  404: "There is no such thing.",
  409: "It collides with something that has changed.",
  501: "This server does not do that yet.",
};

export function openApiDocument(routes: readonly Route[] = ROUTES): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  return {
    openapi: "3.1.0",
    info: { title: "meta-machine", version: "1", description: "Every request acts as the principal of its token." },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", description: "`token new PRINCIPAL` makes one." } },
      schemas: { Fault: FAULT, OpenAiError: OPENAI_ERROR },
    },
  };
}

function operation({ id, path, summary, open, query, body, answer, also = [] }: Route): unknown {
  const refusals: Readonly<Record<string, string>> = open ? {} : {
    ...ALWAYS,
    ...body && OF_BODIES,
    ...Object.fromEntries(also.map((status) => [status, ALSO[status]!])),
  };
  return {
    operationId: id,
    summary,
    ...open && { security: [] },
    parameters: [...inPath(path), ...inQuery(query)],
    ...body && { requestBody: { required: true, content: { "application/json": { schema: body } } } },
    responses: {
      [answer.status ?? 200]: { description: "The answer.", content: { [answer.type]: { schema: answer.schema } } },
      ...Object.fromEntries(Object.entries(refusals).map(([status, text]) => [status, refused(path, text)])),
    },
  };
}

function refused(path: string, description: string): unknown {
  const $ref = `#/components/schemas/${path.startsWith("/v1/") ? "OpenAiError" : "Fault"}`;
  return { description, content: { "application/json": { schema: { $ref } } } };
}

function inPath(path: string): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}
function inQuery(query: Readonly<Record<string, string>> = {}): unknown[] {
  return Object.entries(query).map(([name, description]) => ({
    name,
    in: "query",
    description,
    schema: { type: "string" },
  }));
}

const FAULT = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "hint", "retriable", "maybe_ran"],
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        hint: { type: "string" },
        retriable: { type: "boolean" },
        maybe_ran: { type: "boolean" },
      },
    },
  },
};
const OPENAI_ERROR = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["message", "type", "param", "code"],
      properties: { message: { type: "string" }, type: { type: "string" }, param: {}, code: {} },
    },
  },
};
