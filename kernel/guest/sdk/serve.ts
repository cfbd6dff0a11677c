/**
 * What a module imports as `serve` when `grants.builtins` names it: HTTP at the addresses that `grants.listen` names, and at no other. This is the typed face; in
 * a running host another module answers to the name.
 */

export interface ServeOptions {
  /** One of {@linkcode addresses}; default: the first. */
  readonly listen?: string;
  /** Stops it when it is aborted. */
  readonly signal?: AbortSignal;
}

export interface HttpServer {
  /** The one that the system chose, where the address has port 0. */
  readonly port: number;
  /** Resolves when it has stopped. */
  readonly finished: Promise<void>;
  /** Takes no more connections and waits for the requests that are being answered. */
  shutdown(): Promise<void>;
}

const absent = (): never => {
  throw new Error("the builtin 'serve' exists only inside a running host, where grants.builtins names it");
};

/** Answers each request by `handler`. Throws when the address is taken, or is none of {@linkcode addresses}. */
export const serve: (
  handler: (request: Request) => Response | Promise<Response>,
  options?: ServeOptions,
) => HttpServer = absent;

/** For a request that asks for it: its WebSocket, and the response to give. */
export const upgradeWebSocket: (request: Request) => { readonly response: Response; readonly socket: WebSocket } =
  absent;

/** What `grants.listen` names, as it stands there. */
export const addresses: readonly string[] = [];
