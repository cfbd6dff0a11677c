/** deno-http-worker: a process for each sandbox, asked over HTTP on a Unix socket, with its faster ways of starting switched on. */
import { type DenoHTTPWorker, newDenoHTTPWorker } from "@valtown/deno-http-worker";
import { serveOrders } from "../drive/serve_orders.ts";

const SCRIPT = `export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await request.json());
  },
};`;

function start(): Promise<DenoHTTPWorker> {
  return newDenoHTTPWorker(SCRIPT, {
    denoExecutable: Deno.execPath(),
    runFlags: ["--no-prompt", "--no-check", "--quiet", "--no-config", "--no-lock"],
    next: { cacheBootstrap: true, fastReady: true, skipWarm: true },
  });
}

function echo(worker: DenoHTTPWorker, n: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = worker.request("http://module/echo", { method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => text += part);
      response.on("end", () => resolve(JSON.parse(text)));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(JSON.stringify(n));
  });
}

function end(worker: DenoHTTPWorker): Promise<void> {
  return new Promise((ended) => {
    worker.addEventListener("exit", () => ended());
    worker.terminate();
  });
}

const first = await start();
const more = new Map<number, DenoHTTPWorker>();
await serveOrders({
  call: (n) => echo(first, n),
  async startOne(n) {
    const worker = await start();
    more.set(n, worker);
    await echo(worker, n);
  },
  async endOne(n) {
    const worker = more.get(n);
    more.delete(n);
    if (worker !== undefined) await end(worker);
  },
});
await Promise.all([first, ...more.values()].map(end));
Deno.exit(0);
