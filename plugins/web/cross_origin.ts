/** What a browser is told about pages of other origins: only those that the config names, and never that it may send its cookies. */
const METHODS = "GET, POST, DELETE";
const HEADERS =
  "authorization, content-type, accept, last-event-id, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name";

/** For the answer to a page whose origin is allowed. */
export function crossOriginHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "retry-after, mcp-session-id",
    vary: "Origin",
  };
}

/** A browser asks this before the request itself, without its token. */
export function isPreflight(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("origin") &&
    request.headers.has("access-control-request-method");
}

export function preflightAnswer(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": METHODS,
      "access-control-allow-headers": HEADERS,
      "access-control-max-age": "600",
    },
  });
}
