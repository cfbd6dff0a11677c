/** One request from its first look to its last header. */
import type { App } from "./app.ts";
import { crossOriginHeaders } from "./cross_origin.ts";
import { errorBody } from "./error_body.ts";
import { tokenInUrl } from "./gate.ts";
import { ROUTES } from "./route_table.ts";
import type { Web } from "./web.ts";

const PATHS: ReadonlySet<string> = new Set(ROUTES.map(({ path }) => path));

export async function answerRequest(web: Web, app: App, request: Request): Promise<Response> {
  if (!URL.canParse(request.url)) return new Response("bad request\n", { status: 400 });
  const published = tokenInUrl(request.url);
  const { pathname } = new URL(request.url);
  const answer = published === undefined
    ? await app.fetch(request)
    : Response.json(errorBody(pathname, published.refused), { status: published.refused.status });
  web.counts.add(routeOf(pathname), answer.status);
  const headers = new Headers(answer.headers);
  headers.set("cache-control", "no-store");
  headers.set("x-content-type-options", "nosniff");
  const origin = request.headers.get("origin");
  if (origin !== null && web.settings.origins.includes(origin)) {
    for (const [name, value] of Object.entries(crossOriginHeaders(origin))) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

function routeOf(path: string): string {
  if (PATHS.has(path)) return path;
  return path.startsWith("/v1/models/") ? "/v1/models/{model}" : "other";
}
