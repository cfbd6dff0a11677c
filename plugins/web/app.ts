/** The routes over hono, behind one guard: who gets past it has shown a token, and a visit. */
import { type Context, Hono } from "hono";
import { isPreflight, preflightAnswer } from "./cross_origin.ts";
import { errorBody } from "./error_body.ts";
import { foreignHost, foreignOrigin } from "./gate.ts";
import { HANDLERS } from "./handlers.ts";
import { ClientGone, openVisit } from "./open_visit.ts";
import { refusal, refusedOf } from "./refusal.ts";
import { ROUTES } from "./route_table.ts";
import type { Visit } from "./visit.ts";
import type { Web } from "./web.ts";

type Env = { Variables: { visit: Visit; route: string } };
export type App = Hono<Env>;

export function openApp(web: Web): App {
  const app = new Hono<Env>();
  app.get("/healthz", (c) => c.text("ok\n"));
  app.use("*", (c, next) => guard(web, c, next));
  for (const route of ROUTES) {
    if (route.id === "health") continue;
    const answer = HANDLERS[route.id];
    app.on(route.method.toUpperCase(), honoPath(route.path), (c) => {
      c.set("route", route.path);
      return answer(c.get("visit"), web, c.req.param() as Record<string, string>);
    });
  }
  for (const path of new Set(ROUTES.map(({ path }) => path))) {
    app.all(honoPath(path), (c) => {
      c.set("route", path);
      throw wrongMethod(path);
    });
  }
  app.notFound(() => {
    throw refusal(404, "not_found", "there is no such route", { hint: "GET /api/openapi.json lists them" });
  });
  app.onError((error, c) => refused(error, c));
  return app;
}

async function guard(web: Web, c: Context<Env>, next: () => Promise<void>): Promise<Response | void> {
  const { raw } = c.req;
  const foreign = foreignHost(web.gate, raw.url, raw.headers.get("host")) ??
    foreignOrigin(web.gate, raw.headers.get("origin"));
  if (foreign !== undefined) throw foreign;
  if (isPreflight(raw)) return preflightAnswer();
  // hono would answer it by a GET whose body nobody reads.
  if (raw.method === "HEAD") {
    throw refusal(405, "invalid_argument", "HEAD is not answered", { headers: { allow: "GET" } });
  }
  const visit = await openVisit(web, raw);
  c.set("visit", visit);
  try {
    await next();
  } finally {
    visit.answered();
  }
}

/** A client's slash in a model's name may be written as such. */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1{.+}");
}

function wrongMethod(path: string) {
  const allow = ROUTES.filter((route) => route.path === path).map(({ method }) => method.toUpperCase()).join(", ");
  return refusal(405, "invalid_argument", `${path} takes ${allow}`, { headers: { allow } });
}

function refused(error: unknown, c: Context<Env>): Response {
  if (error instanceof ClientGone) return new Response(null, { status: 499 });
  const why = refusedOf(error);
  if (why.code === "internal" && why.status === 500) console.error(`${c.req.method} ${c.get("route") ?? "?"}:`, error);
  return new Response(JSON.stringify(errorBody(c.req.path, why)), {
    status: why.status,
    headers: { "content-type": "application/json", ...why.headers },
  });
}
