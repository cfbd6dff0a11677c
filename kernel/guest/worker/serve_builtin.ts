import { freeze } from "./primordials.ts";
import type { WorkerInit } from "../port.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** `serve` and `upgradeWebSocket` bound to the address that the config's `listen` names: options are copied one by one, never passed through. */
export function serveBuiltin(init: Pick<WorkerInit, "listen">, awake: () => void): Readonly<Record<string, unknown>> {
  const { serve, upgradeWebSocket } = Deno;
  const addresses = init.listen.map(parseAddress);
  return freeze({
    serve(handler: Handler, options: { readonly signal?: AbortSignal; readonly listen?: string } = {}) {
      const address = options.listen === undefined
        ? addresses[0]
        : addresses.find((granted) => granted.text === options.listen);
      if (address === undefined) throw new TypeError("serve: grants.listen does not name this address");
      const server = serve({
        hostname: address.hostname,
        port: address.port,
        ...(options.signal && { signal: options.signal }),
        onListen() {},
        onError: () => new Response("internal error", { status: 500 }),
      }, (request) => {
        awake();
        return handler(request);
      });
      return freeze({ port: server.addr.port, finished: server.finished, shutdown: () => server.shutdown() });
    },
    upgradeWebSocket: (request: Request) => upgradeWebSocket(request),
    addresses: freeze([...init.listen]),
  });
}

function parseAddress(text: string): { text: string; hostname: string; port: number } {
  const at = text.lastIndexOf(":");
  return { text, hostname: text.slice(0, at).replace(/^\[|\]$/g, ""), port: Number(text.slice(at + 1)) };
}
