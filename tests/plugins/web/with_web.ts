/** The web module in the test's own process, over real HTTP: the test says whose each token is, what he may call, and what services answer. */
import assert from "node:assert/strict";
import type { AskedRight, Kernel, ToolRequest } from "meta-machine";
import { fault } from "meta-machine";
import { serveBuiltin } from "../../../kernel/guest/worker/serve_builtin.ts";
import { Module, type WebPowers } from "../../../plugins/web/mod.ts";
import { config } from "../scripted_kernel.ts";

// deno-lint-ignore no-explicit-any -- any service
type Service = Record<string, (...args: any[]) => unknown>;

export interface WebSetup {
  readonly own?: Record<string, unknown>;
  readonly services?: Record<string, Service>;
  /** Whether a principal was granted something; default: everything. */
  readonly may?: (principal: string, asked: AskedRight) => boolean;
  readonly kernel?: Record<string, unknown>;
  readonly powers?: Partial<WebPowers>;
  readonly addresses?: readonly string[];
}

export const tokenFor = (principal: string): string =>
  `mm_${[...new TextEncoder().encode(principal)].map((byte) => byte.toString(16)).join("").padEnd(64, "0")}`;

export interface ServedWeb extends AsyncDisposable {
  readonly base: string;
  readonly port: number;
  readonly module: Module;
  /** Tokens that give authority no more. */
  readonly revoked: Set<string>;
  /** Signals of the requests that were made, in their order. */
  readonly signals: AbortSignal[];
  clock: number;
  as(principal: string, path: string, init?: RequestInit): Promise<Response>;
  post(principal: string, path: string, body: unknown, init?: RequestInit): Promise<Response>;
}

export function serveWeb(setup: WebSetup = {}): ServedWeb {
  const { own = {}, services = {}, may = () => true, addresses = ["127.0.0.1:0"] } = setup;
  const revoked = new Set<string>();
  const signals: AbortSignal[] = [];
  const principals = new Map(["kitchen", "cellar", "watcher"].map((name) => [tokenFor(name), name]));
  const kernel = {
    status: () => Promise.resolve({ kernel: { version: "1", uptime: 1 }, modules: [] }),
    asBearer(token: string, { signal }: { signal: AbortSignal }) {
      const principal = principals.get(token);
      if (principal === undefined || revoked.has(token)) return Promise.reject(fault("denied", "no such token"));
      signals.push(signal);
      return Promise.resolve({
        principal,
        mayCall: (asked: AskedRight) => Promise.resolve(may(principal, asked)),
        getApi: (api: string) => handle(services[api], api, signal),
        listTools: () => Promise.resolve([]),
        callTool: ({ tool }: ToolRequest) => Promise.resolve({ result: tool, status: "success", data: principal }),
      });
    },
    ...setup.kernel,
  };
  const web = { clock: 0 };
  const ports: number[] = [];
  const builtin = serveBuiltin({ listen: addresses }, () => {}) as unknown as Pick<WebPowers, "addresses" | "serve">;
  const module = new Module(kernel as unknown as Kernel, config(own), {
    addresses: builtin.addresses,
    serve(handler, options) {
      const server = builtin.serve(handler, options);
      ports.push(server.port);
      return server;
    },
    now: () => web.clock,
    ...setup.powers,
  });
  const over = module.run();
  const port = ports[0]!;
  const base = `http://127.0.0.1:${port}`;
  const as: ServedWeb["as"] = (principal, path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${tokenFor(principal)}`);
    return fetch(base + path, { ...init, headers });
  };
  return Object.assign(web, {
    ...{ base, port, module, revoked, signals, as },
    post: (principal: string, path: string, body: unknown, init: RequestInit = {}) =>
      as(principal, path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), ...init }),
    async [Symbol.asyncDispose]() {
      await module.shutdown();
      await over;
    },
  });
}

/** As a handle: calls end with the signal. */
function handle(service: Service | undefined, api: string, signal: AbortSignal): unknown {
  const call = (name: string, ...args: unknown[]) => {
    if (service === undefined) return Promise.reject(fault("not_found", `nobody is ${api}`));
    const gone = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    gone.catch(() => {});
    return Promise.race([Promise.resolve().then(() => service[name]!(...args, signal)), gone]);
  };
  return {
    call,
    asAspect: () => ({ call }),
    chat: (asked: unknown) => call("chat", asked),
    stream: (asked: unknown) => call("stream", asked),
  };
}

/** What a server says to raw bytes: the status line's code and the whole text; "silent" when nothing came in time, 0 when it hung up. */
export async function sayRaw(
  port: number,
  text: string | Uint8Array,
  ms = 2_000,
): Promise<{ status: number | "silent"; text: string }> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  await writeAll(connection, bytes).catch(() => {});
  const buffer = new Uint8Array(65_536);
  const timer = Promise.withResolvers<"silent">();
  const late = setTimeout(() => timer.resolve("silent"), ms);
  const read = await Promise.race([connection.read(buffer).catch(() => null), timer.promise]);
  clearTimeout(late);
  if (read === "silent") return { status: "silent", text: "" };
  const said = new TextDecoder().decode(buffer.subarray(0, read ?? 0));
  return { status: Number(/^HTTP\/1\.[01] (\d+)/.exec(said)?.[1] ?? 0), text: said };
}

export async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** The refusal of a response: its status, and what its body says. */
export async function refusedAs(
  response: Response,
  status: number,
): Promise<{ code: string; message: string; hint: string }> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text).error;
}
